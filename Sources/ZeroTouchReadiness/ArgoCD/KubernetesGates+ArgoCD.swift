import ZeroTouchModel
import ZeroTouchTools

extension KubernetesGates {
  private static let argocd = KubernetesScope.namespace("argocd")

  /// The Deployments of a full Argo CD.
  package static let argoCDDeployments = [
    "argocd-applicationset-controller", "argocd-dex-server", "argocd-notifications-controller", "argocd-redis",
    "argocd-repo-server", "argocd-server",
  ]

  /// Argo CD's controllers run and the API serves Applications.
  package func argoCDReady(deployments: [String] = argoCDDeployments) -> Gate {
    Gate(
      .argoCDReady, title: "Argo CD is ready",
      sources: [
        watch(ObservedDefinition.self), watch(ObservedDeployment.self, Self.argocd),
        watch(ObservedStatefulSet.self, Self.argocd), watch(ObservedPod.self, Self.argocd),
      ], bound: bounds[.argoCDReady]
    ) { [self] observations in
      let served = observations.objects(ObservedDefinition.self, .cluster, by: kubectl).judged {
        DefinitionJudgement.judge($0, ["applications.argoproj.io"])
      }
      guard served.lets else { return served }
      let controller = observations.object(
        ObservedStatefulSet.self, Self.argocd, named: "argocd-application-controller", by: kubectl)
      let pods = PodDiagnosis(of: observations.objects(ObservedPod.self, Self.argocd, by: kubectl))
      let parts =
        deployments.map { name in judgeDeployment(name, observations, pods) }
        + [
          controller.judged { WorkloadJudgement.judge($0, named: "StatefulSet `argocd-application-controller`", pods) }
        ]
      let open = parts.count { $0.lets }
      guard let late = parts.first(where: { !$0.lets }) else {
        return .open("\(open) of \(parts.count) workloads ready")
      }
      return .waiting("\(open) of \(parts.count) workloads ready; \(late.reason)")
    }
  }

  private func judgeDeployment(_ name: String, _ observations: Observations, _ pods: PodDiagnosis) -> GateAnswer {
    observations.object(ObservedDeployment.self, Self.argocd, named: name, by: kubectl).judged {
      WorkloadJudgement.judge($0, named: "Deployment `\(name)`", pods)
    }
  }

  /// One Application is Synced and Healthy.
  package func application(_ awaited: AwaitedApplication) -> Gate {
    Gate(
      .application, subject: awaited.name, title: "Application \(awaited.name) is Synced and Healthy",
      sources: [watch(ObservedApplication.self, Self.argocd)], bound: bounds[.application]
    ) { [kubectl] observations in
      observations.object(ObservedApplication.self, Self.argocd, named: awaited.name, by: kubectl).judged {
        ApplicationJudgement.complaint(about: $0, awaited).map { .waiting($0) } ?? .open("Synced and Healthy")
      }
    }
  }

  /// Every Application that Git expects is Synced and Healthy; those that do not exist yet count as missing.
  package func applicationsByWave(_ awaited: [AwaitedApplication]) -> Gate {
    let ordered = awaited.sorted { ($0.wave, $0.name) < ($1.wave, $1.name) }
    return Gate(
      .applicationsByWave, title: "all \(awaited.count) Applications are Synced and Healthy",
      sources: [watch(ObservedApplication.self, Self.argocd)], bound: bounds[.applicationsByWave]
    ) { [kubectl] observations in
      observations.objects(ObservedApplication.self, Self.argocd, by: kubectl).judged {
        ApplicationJudgement.judge($0, ordered)
      }
    }
  }
}
