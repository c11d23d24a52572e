import ZeroTouchModel
import ZeroTouchTools

extension KubernetesGates {
  private static let system = KubernetesScope.namespace("kube-system")

  /// A Cilium agent is ready on every node.
  package var ciliumAgents: Gate {
    Gate(
      .ciliumAgents, title: "a Cilium agent is ready on every node",
      sources: [
        watch(ObservedDaemonSet.self, Self.system), watch(ObservedNode.self), watch(ObservedPod.self, Self.system),
      ],
      bound: bounds[.ciliumAgents]
    ) { [kubectl] observations in
      observations.objects(ObservedNode.self, .cluster, by: kubectl).judged { nodes in
        observations.object(ObservedDaemonSet.self, Self.system, named: "cilium", by: kubectl).judged { agents in
          let pods = PodDiagnosis(of: observations.objects(ObservedPod.self, Self.system, by: kubectl))
          return CiliumJudgement.agents(agents, nodes, pods)
        }
      }
    }
  }

  /// The Cilium agent of one node is ready.
  package func ciliumAgent(on node: String) -> Gate {
    Gate(
      .ciliumAgents, subject: node, title: "the Cilium agent on \(node) is ready",
      sources: [watch(ObservedPod.self, Self.system)], bound: bounds[.ciliumAgents]
    ) { [kubectl] observations in
      observations.object(ObservedPod.self, Self.system, by: kubectl) { pod in
        pod.node == node && pod.matches(CiliumJudgement.agentLabels) && !pod.metadata.isBeingDeleted
      }.judged(CiliumJudgement.agent)
    }
  }

  /// As many Cilium operators are ready as are wanted and find a node of their own.
  package var ciliumOperator: Gate {
    Gate(
      .ciliumOperator, title: "the Cilium operator is ready",
      sources: [
        watch(ObservedDeployment.self, Self.system), watch(ObservedNode.self), watch(ObservedPod.self, Self.system),
      ],
      bound: bounds[.ciliumOperator]
    ) { [kubectl] observations in
      observations.objects(ObservedNode.self, .cluster, by: kubectl).judged { nodes in
        observations.object(ObservedDeployment.self, Self.system, named: "cilium-operator", by: kubectl).judged {
          let pods = PodDiagnosis(of: observations.objects(ObservedPod.self, Self.system, by: kubectl))
          return CiliumJudgement.operators($0, nodes, pods)
        }
      }
    }
  }

  /// A Cilium agent calls itself healthy, asked in its own pod.
  package var ciliumHealth: Gate {
    let question = kubectl.exec(
      pod: "daemonset/cilium", namespace: "kube-system", container: "cilium-agent",
      ["cilium-dbg", "status", "--brief"])
    return Gate(
      .ciliumHealth, title: "Cilium calls itself healthy", sources: [.poll(question)], bound: bounds[.ciliumHealth]
    ) { observations in
      observations.answer(to: question).judged { output in
        let said = output.text.inOneLine
        if output.status == 0, said == "OK" { return .open("OK") }
        return .waiting(said.isEmpty ? ToolFailure(kubectl: output.errorText).words : said)
      }
    }
  }
}
