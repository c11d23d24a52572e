package import ZeroTouchModel
import ZeroTouchTools

extension KubernetesGates {
  /// The definitions without which the Cilium operator turns its Gateway controller off.
  package static let gatewayDefinitionNames = [
    "gatewayclasses", "gateways", "grpcroutes", "httproutes", "referencegrants",
  ]
  .map { "\($0).gateway.networking.k8s.io" }

  /// The Gateway API's kinds are served.
  package var gatewayDefinitions: Gate { definitions(.gatewayCRDs, Self.gatewayDefinitionNames) }

  /// These kinds are served.
  package func definitions(_ gate: GateName, _ names: [String]) -> Gate {
    Gate(
      gate, title: "the definitions \(names.joined(separator: ", ")) are Established",
      sources: [watch(ObservedDefinition.self)], bound: bounds[gate]
    ) { [kubectl] observations in
      observations.objects(ObservedDefinition.self, .cluster, by: kubectl).judged {
        DefinitionJudgement.judge($0, names)
      }
    }
  }

  /// A controller took the GatewayClass.
  package func gatewayClass(_ name: String = "cilium") -> Gate {
    let system = KubernetesScope.namespace("kube-system")
    return Gate(
      .gatewayClass, title: "GatewayClass \(name) is Accepted",
      sources: [watch(ObservedGatewayClass.self), watch(ObservedDefinition.self), watch(ObservedPod.self, system)],
      bound: bounds[.gatewayClass]
    ) { [kubectl] observations in
      observations.object(ObservedGatewayClass.self, .cluster, named: name, by: kubectl).judged { gatewayClass in
        if let accepted = gatewayClass?.conditions.named("Accepted"), accepted.isTrue { return .open("Accepted") }
        if Self.operatorCameTooEarly(
          observations.objects(ObservedPod.self, system, by: kubectl),
          observations.objects(ObservedDefinition.self, .cluster, by: kubectl))
        {
          return .blocked(
            "the Cilium operator was up before the Gateway API's definitions and looks for them only once\n"
              + "  restart it: `kubectl -n kube-system rollout restart deployment/cilium-operator`")
        }
        guard let gatewayClass else { return .waiting("no GatewayClass `\(name)` exists") }
        let accepted = gatewayClass.conditions.named("Accepted")
        return .waiting("not Accepted: \(accepted?.message ?? "no controller has looked at it")")
      }
    }
  }

  /// Whether every operator was ready before the definitions were served; times in RFC 3339 compare as text.
  private static func operatorCameTooEarly(
    _ pods: Sight<[ObservedPod]>, _ definitions: Sight<[ObservedDefinition]>
  ) -> Bool {
    guard case .seen(let pods) = pods, case .seen(let definitions) = definitions else { return false }
    let ready = pods.filter { $0.metadata.labels["io.cilium/app"] == "operator" && $0.isReady }
      .compactMap { $0.conditions.named("Ready")?.since }
    let served = definitions.filter { gatewayDefinitionNames.contains($0.name) && $0.isEstablished }
      .compactMap { $0.conditions.named("Established")?.since }.max()
    guard let served, !ready.isEmpty else { return false }
    return ready.allSatisfy { !$0.isEmpty && $0 < served }
  }
}

/// Whether the definitions that are wanted are served.
enum DefinitionJudgement {
  static func judge(_ definitions: [ObservedDefinition], _ names: [String]) -> GateAnswer {
    let known = Dictionary(definitions.map { ($0.name, $0) }) { first, _ in first }
    let open = names.count { known[$0]?.isEstablished == true }
    guard let late = names.first(where: { known[$0]?.isEstablished != true }) else {
      return .open("\(open) of \(names.count) Established")
    }
    let state = known[late] == nil ? "does not exist" : "is not Established"
    return .waiting("\(open) of \(names.count) Established; `\(late)` \(state)")
  }
}
