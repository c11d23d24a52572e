/// What may be wrong with a machine in its rescue system; each is met by real ones.
package enum MachineDefect: String, Sendable, Hashable, Codable, CaseIterable {
  /// An installed system answers there, not a rescue system.
  case installed
  /// Nobody is let in: another key, another password.
  case locked
  /// The disk gives up while it is written.
  case writeError = "write-error"
  /// The disk carries somebody's data.
  case data
  /// Two disks have the same serial.
  case twins
  /// The disk that is meant was exchanged.
  case exchanged
}
