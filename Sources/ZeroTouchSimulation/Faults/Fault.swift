/// One thing that goes wrong in a bootstrap: what, where, when, and how the run is to end.
package struct Fault: Sendable {
  /// How the run is to end.
  package enum End: Sendable, Hashable {
    /// It gets over it, alone.
    case converges
    /// It ends before its end, within its bounds, and what it says holds each of these.
    case failsClosed([String])
  }

  package let name: String
  /// What goes wrong, in words.
  package let title: String
  package let hazards: Hazards
  package let end: End
  /// The known failure that is to be told as a cause; nil where none explains it.
  package let failure: String?

  init(_ name: String, _ title: String, _ end: End, knownAs failure: String? = nil, _ change: (inout Hazards) -> Void) {
    var hazards = Hazards()
    hazards.isShownOnce = true
    change(&hazards)
    (self.name, self.title, self.end, self.failure, self.hazards) = (name, title, end, failure, hazards)
  }
}
