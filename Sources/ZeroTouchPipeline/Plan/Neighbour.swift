import ZeroTouchModel
import ZeroTouchTools

/// Another cluster whose state lies on this laptop: a machine that does not know ours may know that one.
package struct Neighbour: Sendable, Hashable {
  package let name: String
  package let talosconfig: String

  package init(name: String, talosconfig: String) { (self.name, self.talosconfig) = (name, talosconfig) }

  /// Whether a machine knows it.
  func question(_ node: Node) -> Question { .run(Talosctl(talosconfig: talosconfig).machineStatus(node.address)) }
}

extension Bootstrap {
  /// What is said of a machine that trusts another authority than this cluster's, as far as nobody knows whose.
  func stranger(_ node: Node) -> String {
    "\(node.name) (\(node.address)) belongs to another cluster: its authority is not that of `\(spec.name)` "
      + "(\(spec.endpoint))"
  }

  /// The same once the neighbours were asked; nil while one of them may still be it.
  func stranger(_ node: Node, askedOf answers: ArraySlice<Answer>) -> Observation? {
    for (neighbour, answer) in zip(neighbours, answers) {
      guard case .configured = TalosAnswer(authenticated: answer) else { continue }
      return .foreign(
        "\(node.name) (\(node.address)) belongs to the cluster `\(neighbour.name)`, and not to `\(spec.name)` "
          + "(\(spec.endpoint))")
    }
    guard answers.count >= neighbours.count else { return nil }
    let none = neighbours.isEmpty ? "" : ", nor that of \(neighbours.map { "`\($0.name)`" }.joined(separator: ", "))"
    return .foreign(stranger(node) + none)
  }
}
