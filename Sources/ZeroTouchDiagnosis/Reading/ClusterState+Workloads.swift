import ZeroTouchModel
import ZeroTouchTools

extension ClusterState {
  /// Workloads that lack something; where one of their pods says why, the pod is enough.
  var workloadSymptoms: [Symptom] {
    all(ObservedDeployment.self).flatMap { deployment in
      let refusal = deployment.conditions.named("ReplicaFailure").flatMap { $0.isTrue ? $0.message.inOneLine : nil }
      return Self.symptoms(of: deployment, refusal, troubledPods)
    } + all(ObservedStatefulSet.self).flatMap { Self.symptoms(of: $0, nil, troubledPods) }
      + all(ObservedDaemonSet.self).flatMap { Self.symptoms(of: $0, nil, troubledPods) } + missingNetwork + failedJobs
  }

  private static func symptoms(
    of workload: some ObservedWorkload, _ refusal: String?, _ pods: [ObservedPod]
  ) -> [Symptom] {
    let subject = workload.metadata.called(type(of: workload).kind)
    if let refusal { return [Symptom(.workload, subject, refusal)] }
    let isShort = !workload.isObserved || workload.ready < workload.wanted || workload.updated < workload.wanted
    let isTold = pods.contains {
      $0.matches(workload.selector) && $0.metadata.namespace == workload.metadata.namespace
    }
    guard isShort else { return [] }
    return [Symptom(.workload, subject, "\(workload.ready) of \(workload.wanted) pods ready", isTrouble: !isTold)]
  }

  /// That nobody brought Cilium, where nodes wait for a network.
  private var missingNetwork: [Symptom] {
    let waits = all(ObservedNode.self).contains { !$0.isReady }
    guard waits, let sets = items(ObservedDaemonSet.resource) else { return [] }
    let hasCilium = sets.contains { $0[path: "metadata", "name"] == "cilium" }
    return hasCilium ? [] : [Symptom(.workload, "DaemonSet kube-system/cilium", "does not exist", isTrouble: false)]
  }

  private var failedJobs: [Symptom] {
    (items("jobs.batch") ?? []).compactMap { job in
      guard let metadata = ObjectMetadata(job) else { return nil }
      let conditions = job[path: "status", "conditions"]?.arrayValue ?? []
      let failed = conditions.first { $0["type"] == "Failed" && $0["status"] == "True" }
      return failed.map {
        Symptom(.workload, metadata.called("Job"), ($0["message"]?.stringValue ?? "failed").inOneLine)
      }
    }
  }

  /// Claims on volumes that nobody has met.
  var volumeSymptoms: [Symptom] {
    (items("persistentvolumeclaims") ?? []).compactMap { claim in
      guard let metadata = ObjectMetadata(claim), let phase = claim[path: "status", "phase"]?.stringValue,
        phase != "Bound"
      else { return nil }
      return Symptom(.volume, metadata.called("PersistentVolumeClaim"), "it is \(phase)")
    }
  }
}
