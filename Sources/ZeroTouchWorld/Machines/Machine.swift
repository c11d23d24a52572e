package import ZeroTouchManifests
package import ZeroTouchModel

/// A simulated machine: its hardware and what runs on it.
package struct Machine: Sendable, Hashable {
  /// The version of every simulated Talos.
  package static let talosVersion = "v1.13.9"

  /// A line of the kernel log.
  package struct LogLine: Sendable, Hashable {
    package let time: Duration
    package let text: String
  }

  package let address: IPAddress
  /// The name of the inventory; the host name once configured is the configuration's.
  package let name: String
  package let disks: [Disk]
  /// What is wrong with it, as long as its rescue system runs.
  package let defect: MachineDefect?
  /// The address it knows of itself; another one where something translates addresses in front of it.
  package let ownAddress: IPAddress
  package internal(set) var state: MachineState
  /// Whether packets reach it; a scenario may cut it off.
  package internal(set) var isReachable = true
  /// Whether a time server has set its clock; certificates depend on it, so that services wait for it.
  package internal(set) var hasTime = true
  /// The disk that holds Talos, once written.
  package internal(set) var imageDisk: String?
  /// How many scripts have begun to write an image; a later one ends the one before.
  package internal(set) var writers = 0
  /// When the running system began, in the world's time.
  package internal(set) var booted: Duration = .zero
  /// When its status last changed, and how often it has.
  package internal(set) var changed: Duration = .zero
  package internal(set) var statusVersion = 1
  package internal(set) var log: [LogLine] = []

  /// A machine in rescue without a system of its own, or with Talos on its first disk in maintenance mode.
  package init(
    address: IPAddress, name: String, disks: [Disk]? = nil, isInMaintenance: Bool = false,
    ownAddress: IPAddress? = nil, defect: MachineDefect? = nil
  ) {
    self.defect = defect
    self.address = address
    self.ownAddress = ownAddress ?? address
    self.name = name
    self.disks = disks ?? Self.usualDisks(name)
    state = isInMaintenance ? .maintenance : .rescue
    imageDisk = isInMaintenance ? self.disks.first?.path : nil
  }

  /// Two NVMe disks whose serial numbers follow from the name.
  package static func usualDisks(_ name: String) -> [Disk] {
    (0..<2).map { number in
      Disk(
        path: "/dev/nvme\(number)n1", serial: "S676NX0\(name.uppercased())\(number)",
        wwid: "eui.00253852\(name.lowercased())\(number)")
    }
  }

  /// What runs, once configured.
  package internal(set) var installation: Installation? {
    get { if case .configured(let installation) = state { installation } else { nil } }
    set { if let newValue { state = .configured(newValue) } }
  }

  /// The configuration that was accepted, applied or not yet.
  package var configuration: MachineConfiguration? {
    switch state {
    case .configuring(let configuration): configuration
    case .configured(let installation): installation.configuration
    default: nil
    }
  }

  /// The host name: the configured one, or one made from the machine's identity.
  package var hostname: String { configuration?.hostname ?? "talos-\(Self.stableSuffix(address))" }

  /// The addresses that the certificate of its Talos API covers once configured: its own, and those it was told.
  package var certifiedAddresses: [IPAddress] {
    [ownAddress, IPAddress(127, 0, 0, 1)] + (configuration?.certSANs ?? []).compactMap { IPAddress($0) }
  }

  /// Whether its rescue system has written an image and was not left since.
  package var isFreshlyWritten: Bool { if case .rescue = state { imageDisk != nil } else { false } }

  /// Whether port 22 answers.
  package var answersSSH: Bool {
    switch state {
    case .rescue, .writingImage: isReachable
    default: false
    }
  }

  /// Whether Talos's port answers.
  package var answersTalos: Bool {
    switch state {
    case .maintenance, .configuring, .configured: isReachable
    default: false
    }
  }

  private static func stableSuffix(_ address: IPAddress) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
    var number = address.bytes.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    return String(
      (0..<6).map { index in
        defer { number /= 36 }
        return index == 3 ? "-" : letters[Int(number % 36)]
      })
  }
}
