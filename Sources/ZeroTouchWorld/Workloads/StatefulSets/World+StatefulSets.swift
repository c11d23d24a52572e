import ZeroTouchModel

extension World {
  /// Takes the next step of a StatefulSet: create, take away or replace.
  mutating func advance(_ plan: StatefulPlan) {
    let pods = Dictionary(ownedPods(of: plan.owner.uid).map { ($0.key.name, $0) }) { first, _ in first }
    for ordinal in plan.ordinals {
      let pod = pods[plan.name(ordinal)]
      if let pod, pod.phase == .failed || pod.phase == .succeeded { deletePod(pod.key, for: plan.owner) }
      if pod == nil || pod?.isActive == false, !createPod(ordinal, plan) { return }
      let isUp = pod?.isAvailable(after: plan.minReadySeconds, at: now) ?? false
      if !isUp, !plan.isParallel { break }
    }
    let surplus = surplus(of: plan, pods)
    for pod in plan.isParallel ? surplus : Array(surplus.prefix(1)) { deletePod(pod.key, for: plan.owner) }
    if surplus.isEmpty, !plan.updatesOnDelete { replaceOutdated(plan, pods) }
  }

  private func surplus(of plan: StatefulPlan, _ pods: [String: PodRecord]) -> [PodRecord] {
    let wanted = Set(plan.ordinals.map(plan.name))
    return pods.values.filter { !wanted.contains($0.key.name) && $0.isActive }
      .sorted { ($0.key.name.count, $0.key.name) > ($1.key.name.count, $1.key.name) }
  }

  /// Replaces the highest pod of an earlier template, once all above it are up again.
  private mutating func replaceOutdated(_ plan: StatefulPlan, _ pods: [String: PodRecord]) {
    for ordinal in plan.ordinals.reversed() where ordinal >= plan.partition {
      guard let pod = pods[plan.name(ordinal)], pod.isActive else { return }
      if pod.labels[DaemonSetController.hashLabel] != plan.hash { return deletePod(pod.key, for: plan.owner) }
      guard pod.isAvailable(after: plan.minReadySeconds, at: now) else { return }
    }
  }

  private mutating func createPod(_ ordinal: Int, _ plan: StatefulPlan) -> Bool {
    let name = plan.name(ordinal)
    var template = plan.object[path: "spec", "template"] ?? [:]
    template[path: "spec", "hostname"] = .string(name)
    template[path: "spec", "subdomain"] = plan.object[path: "spec", "serviceName"]
    for (volume, claim) in plan.claimTemplates() {
      let claimName = "\(volume)-\(name)"
      createClaim(claimName, claim, plan)
      var volumes = (template[path: "spec", "volumes"]?.arrayValue ?? []).filter { $0["name"]?.stringValue != volume }
      volumes.append(["name": .string(volume), "persistentVolumeClaim": ["claimName": .string(claimName)]])
      template[path: "spec", "volumes"] = .array(volumes)
    }
    let pod = PodPlan(
      owner: plan.owner, template: template, name: name,
      labels: [
        "statefulset.kubernetes.io/pod-name": name, "apps.kubernetes.io/pod-index": String(ordinal),
        DaemonSetController.hashLabel: plan.hash,
      ])
    if case .failure(let refusal) = create(pod) {
      reportRefusal(PodRefusal(message: refusal.message), plan.owner)
      return false
    }
    workloads.failures[plan.owner.uid] = nil
    return true
  }

  private mutating func createClaim(_ name: String, _ template: JSONValue, _ plan: StatefulPlan) {
    let key = ObjectKey(.persistentVolumeClaims, plan.key.namespace, name)
    guard objects[key] == nil else { return }
    var claim = template
    claim["apiVersion"] = "v1"
    claim["kind"] = "PersistentVolumeClaim"
    claim["status"] = ["phase": "Pending"]
    let own = claim[path: "metadata", "labels"]?.stringMap ?? [:]
    let selected = plan.object[path: "spec", "selector", "matchLabels"]?.stringMap ?? [:]
    claim["metadata"] = ["labels": JSONValue(own.merging(selected) { $1 })]
    if claim[path: "spec", "volumeMode"] == nil { claim[path: "spec", "volumeMode"] = "Filesystem" }
    objects.insert(claim, at: key, timestamp: timestamp)
    recordEvent(
      .normal, "SuccessfulCreate",
      "create Claim \(name) Pod \(plan.key.name) in StatefulSet \(plan.key.name) success", about: plan.key,
      from: StatefulSetController.controllerName)
  }
}
