/// The gates a bootstrap passes, by the names that `spec.timeouts`, plans and reports use.
package enum GateName: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
  case talosMaintenance = "talos-maintenance"
  case talosConfigured = "talos-configured"
  case etcdHealthy = "etcd-healthy"
  case etcdMembers = "etcd-members"
  case kubernetesAPI = "kubernetes-api"
  case ciliumAgents = "cilium-agents"
  case ciliumOperator = "cilium-operator"
  case ciliumHealth = "cilium-health"
  case gatewayCRDs = "gateway-crds"
  case gatewayClass = "gateway-class"
  case gatewayAnnounced = "gateway-announced"
  case nodeReady = "node-ready"
  case nodesReady = "nodes-ready"
  case coreDNS = "coredns"
  case deployments
  case statefulSets = "statefulsets"
  case daemonSets = "daemonsets"
  case argoCDDefinitions = "argocd-crds"
  case argoCDReady = "argocd-ready"
  case application
  case applicationsByWave = "applications-by-wave"
  case secretsInjected = "secrets-injected"
  case handedOver = "handed-over"

  package var description: String { rawValue }

  /// How long the gate waits where the spec says nothing: several times what it takes at worst.
  package var defaultBound: Duration {
    switch self {
    case .talosMaintenance: .seconds(600)
    case .talosConfigured, .etcdHealthy, .etcdMembers, .kubernetesAPI: .seconds(420)
    case .ciliumAgents, .ciliumOperator, .nodeReady, .nodesReady: .seconds(420)
    case .ciliumHealth, .gatewayCRDs, .gatewayClass, .coreDNS, .argoCDDefinitions, .gatewayAnnounced: .seconds(180)
    case .deployments, .statefulSets, .daemonSets, .argoCDReady: .seconds(600)
    case .application, .applicationsByWave: .seconds(1200)
    case .secretsInjected, .handedOver: .seconds(120)
    }
  }
}

extension GateName {
  /// The providers whose bootstrap waits for this gate; a bound for any other would be accepted and ignored.
  package var providers: Set<ClusterSpec.Provider> {
    switch self {
    case .talosMaintenance, .talosConfigured, .etcdHealthy, .etcdMembers, .nodeReady, .handedOver: [.talos]
    case .kubernetesAPI: [.talos, .kind]
    case .ciliumAgents, .ciliumOperator, .ciliumHealth, .gatewayCRDs, .gatewayClass, .gatewayAnnounced: [.talos]
    case .nodesReady: [.kind, .existing]
    case .coreDNS, .argoCDDefinitions, .argoCDReady, .application, .applicationsByWave: [.talos, .kind, .existing]
    // Questions for people and for last looks, which ask once.
    case .deployments, .statefulSets, .daemonSets, .secretsInjected: []
    }
  }
}

extension ClusterSpec {
  /// How long a gate may wait in this cluster.
  package func bound(of gate: GateName) -> Duration { timeouts[gate.rawValue] ?? gate.defaultBound }
}
