package import ZeroTouchModel
package import ZeroTouchReadiness

/// The gates of one bootstrap, bounds included; the one place that says which gate asks what of whom.
package struct GateSet: Sendable {
  let bootstrap: Bootstrap
  private var bounds: GateBounds { GateBounds(overrides: bootstrap.spec.timeouts) }

  private func make(_ name: GateName, _ subject: String? = nil) -> Gate {
    Gate(name, subject: subject, title: name.rawValue, sources: [], bound: bounds[name]) { _ in .waiting("") }
  }

  package func talosMaintenance(_ node: Node) -> Gate { make(.talosMaintenance, node.name) }
  package func talosConfigured(_ node: Node) -> Gate { make(.talosConfigured, node.name) }
  package func etcdHealthy(_ node: Node) -> Gate { make(.etcdHealthy, node.name) }
  package func etcdMember(_ node: Node) -> Gate { make(.etcdMembers, node.name) }
  package var kubernetesAPI: Gate { make(.kubernetesAPI) }
  package func nodeReady(_ node: Node) -> Gate { make(.nodeReady, node.name) }
  package var network: [Gate] { [make(.nodesReady)] }
  package var argoCDDefinitions: Gate { make(.gatewayCRDs) }
  package var argoCDReady: Gate { make(.argocdReady) }
  package var applicationsByWave: Gate { make(.applicationsByWave) }
  package var final: [Gate] { network + [argoCDReady, applicationsByWave] }
}
