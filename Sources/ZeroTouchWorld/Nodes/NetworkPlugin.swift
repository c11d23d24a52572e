/// The network plugins whose agents make a node's pod network work.
enum NetworkPlugin: Sendable, Hashable, CaseIterable {
  case cilium
  case kindnet
  case flannel
  case calico

  /// Recognizes an agent by the labels its chart or manifest gives it.
  init?(_ pod: PodRecord) {
    let found = Self.allCases.first { plugin in
      plugin.labels.contains { pod.labels[$0.key] == $0.value }
    }
    guard let found else { return nil }
    self = found
  }

  private var labels: [String: String] {
    switch self {
    case .cilium: ["k8s-app": "cilium"]
    case .kindnet: ["k8s-app": "kindnet", "app": "kindnet"]
    case .flannel: ["k8s-app": "flannel", "app": "flannel"]
    case .calico: ["k8s-app": "calico-node"]
    }
  }
}

extension World {
  /// Whether Cilium's agent on a node is ready.
  func ciliumAgentIsReady(on node: String) -> Bool {
    index.pods(on: node).contains { key in
      guard let pod = index.pods[key], pod.isReady, pod.owner?.resource == .daemonSets else { return false }
      return NetworkPlugin(pod) == .cilium
    }
  }
}
