/// One thing that goes wrong in a bootstrap: what, where, when, and how the run is to end.
package struct Fault: Sendable {
  /// How the run is to end.
  package enum End: Sendable, Hashable {
    /// It gets over it, alone.
    case converges
    /// It ends before its end, within its bounds, and what it says holds each of these.
    case failsClosed([String])
  }

  /// How many machines there have to be for it.
  package struct Machines: Sendable, Hashable {
    package let controlPlanes: Int
    package let workers: Int

    package init(controlPlanes: Int, workers: Int) { (self.controlPlanes, self.workers) = (controlPlanes, workers) }

    /// What most faults are content with.
    package static let few = Machines(controlPlanes: 1, workers: 2)
  }

  package let name: String
  /// What goes wrong, in words.
  package let title: String
  package let machines: Machines
  package let hazards: Hazards
  package let end: End
  /// The known failure that is to be told as a cause; nil where none explains it.
  package let failure: String?
  /// The worker that comes later than all others, none of which may wait for it; nil where there is none.
  package let straggler: String?

  init(
    _ name: String, _ title: String, _ end: End, knownAs failure: String? = nil, on machines: Machines = .few,
    straggler: String? = nil, _ change: (inout Hazards) -> Void
  ) {
    var hazards = Hazards()
    hazards.isShownOnce = true
    change(&hazards)
    (self.name, self.title, self.end, self.failure, self.hazards) = (name, title, end, failure, hazards)
    (self.machines, self.straggler) = (machines, straggler)
  }

  /// What of a message is otherwise than it was to be; `message` is nil where the run got over the fault.
  package func surprises(in message: String?) -> [String] {
    switch (end, message) {
    case (.converges, nil): []
    case (.converges, let message?): ["it failed: \(message)"]
    case (.failsClosed, nil): ["it converged"]
    case (.failsClosed(let words), let message?):
      words.filter { !message.contains($0) }.map { "its message lacks `\($0)`: \(message)" }
    }
  }
}
