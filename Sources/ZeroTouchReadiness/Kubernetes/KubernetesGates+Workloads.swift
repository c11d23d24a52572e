import ZeroTouchModel
import ZeroTouchTools

extension KubernetesGates {
  /// A Deployment runs everything it wants, in its present form.
  package func deployment(_ name: String, in namespace: String) -> Gate {
    workload(ObservedDeployment.self, .deployments, name, namespace)
  }

  /// A StatefulSet runs everything it wants, in its present form.
  package func statefulSet(_ name: String, in namespace: String) -> Gate {
    workload(ObservedStatefulSet.self, .statefulSets, name, namespace)
  }

  /// A DaemonSet runs on every node it wants, in its present form.
  package func daemonSet(_ name: String, in namespace: String) -> Gate {
    workload(ObservedDaemonSet.self, .daemonSets, name, namespace)
  }

  /// Cluster DNS answers.
  package var coreDNS: Gate {
    workload(ObservedDeployment.self, .coreDNS, "coredns", "kube-system", subject: nil)
  }

  private func workload<Workload: ObservedWorkload>(
    _ kind: Workload.Type, _ gate: GateName, _ name: String, _ namespace: String
  ) -> Gate {
    workload(kind, gate, name, namespace, subject: "\(namespace)/\(name)")
  }

  private func workload<Workload: ObservedWorkload>(
    _ kind: Workload.Type, _ gate: GateName, _ name: String, _ namespace: String, subject: String?
  ) -> Gate {
    let scope = KubernetesScope.namespace(namespace)
    return Gate(
      gate, subject: subject, title: "\(kind.kind) \(namespace)/\(name) is available",
      sources: [watch(kind, scope), watch(ObservedPod.self, scope)], bound: bounds[gate]
    ) { [kubectl] observations in
      observations.object(kind, scope, named: name, by: kubectl).judged { workload in
        let pods = PodDiagnosis(of: observations.objects(ObservedPod.self, scope, by: kubectl))
        return WorkloadJudgement.judge(workload, named: "\(kind.kind) `\(namespace)/\(name)`", pods)
      }
    }
  }
}
