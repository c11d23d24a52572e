/// What Cilium's operator knows since it started; it looks for the Gateway API only once.
package struct CiliumState: Sendable {
  /// The uid of the operator pod that leads.
  var leader: String?
  /// What each operator process found when it started, by the uid of its pod.
  var processes: [String: OperatorProcess] = [:]
  /// What the leader printed about its own work.
  var log: [String] = []

  package init() {}

  /// Whether the leader found the Gateway API's resources when it started.
  package var reconcilesGateways: Bool { leader.flatMap { processes[$0] }?.gateways == .reconciled }
}

/// One run of the operator's container.
struct OperatorProcess: Sendable {
  enum Gateways: Sendable, Hashable {
    /// Not asked for.
    case off
    case reconciled
    /// Left alone for the life of the process, because definitions are missing.
    case leftAlone(log: String)
    /// The process ends, because a version that it indexes is not served.
    case fatal(log: String)
  }

  let gateways: Gateways

  /// What it printed when it started.
  var log: [String] {
    switch gateways {
    case .off, .reconciled: []
    case .leftAlone(let log), .fatal(let log): [log]
    }
  }

  /// The last words of a process that cannot run.
  var failure: String? { if case .fatal(let log) = gateways { log } else { nil } }
}
