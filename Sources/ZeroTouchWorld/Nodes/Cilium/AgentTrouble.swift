import ZeroTouchModel

/// What keeps Cilium's agent from working, in its own words.
enum AgentTrouble: Sendable, Hashable {
  /// The operator has not registered the resources of `cilium.io`.
  case resourcesMissing
  /// The local API load balancer does not answer.
  case apiUnreachable

  var isFatal: Bool { self == .apiUnreachable }

  var log: String {
    switch self {
    case .resourcesMissing:
      "level=info msg=\"Waiting until all Cilium CRDs are available\" subsys=k8s"
    case .apiUnreachable:
      "level=fatal msg=\"failed to start: failed to establish connection to k8s API server: "
        + "Get \\\"https://localhost:7445/api/v1/namespaces/kube-system\\\": "
        + "dial tcp 127.0.0.1:7445: connect: connection refused\" subsys=daemon"
    }
  }
}

extension World {
  /// What keeps a container from working, if it is Cilium's agent.
  func agentTrouble(of container: ContainerWork, _ pod: PodContext) -> AgentTrouble? {
    guard container.name == "cilium-agent" else { return nil }
    if !kubePrism(pod.node) { return .apiUnreachable }
    let isEstablished = CiliumDefinitions.required.allSatisfy { name in
      objects[ObjectKey(.customResourceDefinitions, name)]?.condition("Established")?["status"] == "True"
    }
    return isEstablished ? nil : .resourcesMissing
  }
}
