/// What Cilium's operator knows since it started; it looks for the Gateway API only once.
package struct CiliumState: Sendable {
  /// The uid of the operator pod that leads.
  var leader: String?
  /// Whether the leader found the Gateway API's resources when it started.
  package internal(set) var reconcilesGateways = false
  /// What the leader printed.
  var log: [String] = []

  package init() {}
}
