package import ZeroTouchModel

/// The ports of one machine that this laptop calls, with the state of each.
package struct MachinePorts: Sendable, Hashable {
  package let node: Node
  private let states: [NodePort: PortState]

  package init(_ node: Node, _ states: [NodePort: PortState]) {
    self.node = node
    self.states = states
  }

  /// The ports of a node that can be tried from here.
  package static func tried(of node: Node) -> [NodePort] {
    NodePort.required(of: node.role).filter(\.isCalledFromHere)
  }

  /// What each port means for a bootstrap. One cause is told once, at the port where it is to be cured.
  package var verdicts: [PortVerdict] {
    Self.tried(of: node).map { port in
      let state = states[port] ?? .untried("nobody tried")
      let (meaning, problem) = judge(port, state)
      return PortVerdict(node: node, port: port, state: state, meaning: meaning, problem: problem)
    }
  }

  private func judge(_ port: NodePort, _ state: PortState) -> (meaning: String, problem: Diagnostic?) {
    if case .untried(let reason) = state {
      return ("", Diagnostic(.warning, "port \(port.number) could not be tried: \(reason)", remedy: Self.bringSSH))
    }
    if states.values.allSatisfy(\.isSilence) { return ("", port == .talos ? silence : nil) }
    if state == .open { return (port == .ssh ? "the rescue system is up" : "good", nil) }
    let runsTalos = states[.talos] == .open
    switch port {
    case .ssh where runsTalos: return ("as it should be: Talos has no shell", nil)
    case .talos where state == .closed && states[.ssh] != .open: return ("", nothingRuns)
    case .talos where state == .closed: return ("as it should be before Talos is written", nil)
    case .ssh where state == .closed: return ("no rescue system", nil)
    case _ where state == .closed: return ("as it should be before the cluster is bootstrapped", nil)
    default: return ("", dropped(port))
    }
  }

  private var silence: Diagnostic {
    var reason = ""
    if case .unreachable(let words)? = states[.talos] { reason = " (\(words))" }
    return Diagnostic(
      "nothing of `\(node.name)` answers at \(node.address)\(reason)",
      remedy: "check the address and that the machine is on; allow \(Self.list) from this laptop in its firewall")
  }

  private var nothingRuns: Diagnostic {
    Diagnostic(
      "`\(node.name)` is on, but neither a rescue system nor Talos runs on it",
      remedy: "boot its rescue system, or wait until it has started")
  }

  private func dropped(_ port: NodePort) -> Diagnostic {
    Diagnostic(
      "something on the way to `\(node.name)` drops what goes to port \(port.number)",
      remedy: "allow \(port.number) from this laptop in the provider's firewall, and the way back if it is stateless")
  }

  private static let list = [NodePort.ssh, .talos, .kubernetes].map(\.number).joined(separator: ", ")
  private static let bringSSH = "try it by hand; it is `ssh` that tries ports"
}

/// What one port of one machine means for a bootstrap.
package struct PortVerdict: Sendable, Hashable {
  package let node: Node
  package let port: NodePort
  package let state: PortState
  /// What a state that is no problem means; empty where there is nothing to add.
  package let meaning: String
  package let problem: Diagnostic?

  package var isUsable: Bool { problem?.severity != .error }
}
