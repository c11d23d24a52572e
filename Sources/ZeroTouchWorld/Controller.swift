/// One piece of the cluster's software that brings the world nearer to what its objects ask for.
///
/// Controllers are level-triggered: they look at what is, never at what happened, and write only
/// what differs. State that no object shows lives in the ``World``.
package protocol Controller: Sendable {
  /// The name its timers carry.
  var name: String { get }
  /// The resources whose changes wake it.
  var watches: Set<GroupResource> { get }
  /// Whether every change wakes it, of kinds nobody knows in advance too.
  var watchesEverything: Bool { get }
  /// Looks at the changed objects.
  func reconcile(_ changed: [ObjectKey], in world: inout World)
  /// Goes on after a time it asked for.
  func elapsed(_ timer: Timer, in world: inout World)
}

extension Controller {
  package var watchesEverything: Bool { false }
  package func elapsed(_ timer: Timer, in world: inout World) {}
}

/// A moment a controller waits for: whose, about which subject, and what then happens.
package struct Timer: Sendable, Hashable {
  package let controller: String
  /// An object or a machine, in words.
  package let subject: ObjectKey
  package let purpose: String

  package init(_ controller: String, _ subject: ObjectKey, _ purpose: String) {
    self.controller = controller
    self.subject = subject
    self.purpose = purpose
  }
}
