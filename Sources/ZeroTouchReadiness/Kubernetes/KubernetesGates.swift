import ZeroTouchModel
package import ZeroTouchTools

/// The gates that ask the Kubernetes API.
package struct KubernetesGates: Sendable {
  let kubectl: Kubectl
  let bounds: GateBounds

  package init(kubectl: Kubectl, bounds: GateBounds = GateBounds()) {
    self.kubectl = kubectl
    self.bounds = bounds
  }

  /// The API server answers and calls itself ready.
  package var apiReady: Gate {
    let question = kubectl.readyz
    return Gate(
      .kubernetesAPI, title: "the Kubernetes API is ready", sources: [.poll(question)], bound: bounds[.kubernetesAPI]
    ) { observations in
      observations.answer(to: question).judged { output in
        guard output.status == 0 else { return .waiting("\(ToolFailure(kubectl: output.errorText))") }
        return output.text.inOneLine == "ok"
          ? .open("/readyz says ok") : .waiting("/readyz says: \(output.text.inOneLine)")
      }
    }
  }

  /// The network of a cluster without Cilium: its nodes are Ready and resolve names.
  package func networkWithoutCilium(nodes count: Int) -> [Gate] { [nodesReady(count), coreDNS] }

  /// The network of a cluster with Cilium, in the order in which it comes up.
  package var networkWithCilium: [Gate] {
    [gatewayDefinitions, ciliumAgents, ciliumOperator, ciliumHealth, gatewayClass(), coreDNS]
  }

  /// A Secret exists; its values are not looked at.
  package func secret(_ name: String, in namespace: String) -> Gate {
    let question = kubectl.exists("secrets", name, .namespace(namespace))
    return Gate(
      .secretsInjected, subject: "\(namespace)/\(name)", title: "Secret \(namespace)/\(name) exists",
      sources: [.poll(question)], bound: bounds[.secretsInjected]
    ) { observations in
      observations.answer(to: question).judged { output in
        guard output.status == 0 else { return .waiting("\(ToolFailure(kubectl: output.errorText))") }
        return output.text.inOneLine == "secret/\(name)" ? .open("it exists") : .waiting("it does not exist")
      }
    }
  }

  func watch<Object: ClusterObject>(_ kind: Object.Type, _ scope: KubernetesScope = .cluster) -> Source {
    .watch(kind, scope, by: kubectl)
  }
}
