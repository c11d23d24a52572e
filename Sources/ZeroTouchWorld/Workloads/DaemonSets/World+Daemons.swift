import ZeroTouchModel

extension World {
  /// Creates a DaemonSet's pod for a node; false when the API refused it.
  mutating func createDaemon(_ plan: DaemonPlan, on node: String) -> Bool {
    let isOnHost = plan.template[path: "spec", "hostNetwork"] == true
    let pod = PodPlan(
      owner: plan.owner, template: plan.template,
      labels: [
        DaemonSetController.hashLabel: plan.hash, "pod-template-generation": String(plan.generation),
      ], tolerations: DaemonPlan.tolerations(hostNetwork: isOnHost), node: node)
    if case .failure(let refusal) = create(pod) {
      reportRefusal(refusal, plan.owner)
      return false
    }
    return true
  }

  /// Replaces pods of earlier templates as far as availability allows.
  mutating func rollDaemons(_ plan: DaemonPlan, _ placement: DaemonPlacement, _ pods: DaemonPods) {
    let surge = plan.maxSurge(of: placement.wanted.count)
    var room = surge > 0 ? surge : plan.maxUnavailable(of: placement.wanted.count)
    var candidates: [(node: String, old: PodRecord)] = []
    for node in placement.wanted.sorted() {
      let active = (pods.byNode[node] ?? []).filter(\.isActive)
      let fresh = active.first { $0.labels[DaemonSetController.hashLabel] == plan.hash }
      let old = active.first { $0.labels[DaemonSetController.hashLabel] != plan.hash }
      let freshIsUp = fresh?.isAvailable(after: plan.minReadySeconds, at: now) ?? false
      let oldIsUp = old?.isAvailable(after: plan.minReadySeconds, at: now) ?? false
      if surge > 0 {
        if let old, freshIsUp { deletePod(old.key, for: plan.owner) } else if fresh != nil, !freshIsUp { room -= 1 }
        if let old, fresh == nil { candidates.append((node, old)) }
      } else if let old, oldIsUp {
        candidates.append((node, old))
      } else if !freshIsUp {
        room -= 1
        if let old { deletePod(old.key, for: plan.owner) }
      }
    }
    for (node, old) in candidates.prefix(max(0, room)) {
      if surge > 0 { _ = createDaemon(plan, on: node) } else { deletePod(old.key, for: plan.owner) }
    }
  }

  /// Keeps the template as a numbered revision, as undo and history read it.
  mutating func keepRevision(of owner: PodOwner, _ object: JSONValue, hash: String) {
    let key = ObjectKey(.controllerRevisions, owner.key.namespace, "\(owner.key.name)-\(hash)")
    if workloads.revisions[owner.uid] == hash, objects[key] != nil { return }
    workloads.revisions[owner.uid] = hash
    let others = owned(by: owner.uid, .controllerRevisions).filter { $0 != key }
    let highest = others.compactMap { objects[$0]?["revision"]?.intValue }.max() ?? 0
    if let current = objects[key]?["revision"]?.intValue {
      if current <= highest { objects.update(key) { $0["revision"] = JSONValue(highest + 1) } }
      return
    }
    var template = object[path: "spec", "template"] ?? [:]
    template["$patch"] = "replace"
    let labels = object[path: "spec", "template", "metadata", "labels"]?.stringMap ?? [:]
    let revision: JSONValue = [
      "apiVersion": "apps/v1", "kind": "ControllerRevision",
      "metadata": [
        "labels": JSONValue(labels.merging([DaemonSetController.hashLabel: hash]) { $1 }),
        "ownerReferences": [owner.reference],
      ],
      "data": ["spec": ["template": template]], "revision": JSONValue(highest + 1),
    ]
    objects.insert(revision, at: key, timestamp: timestamp)
    let limit = object[path: "spec", "revisionHistoryLimit"]?.intValue ?? 10
    let oldest = others.sorted { (objects[$0]?["revision"]?.intValue ?? 0) < (objects[$1]?["revision"]?.intValue ?? 0) }
    for old in oldest.prefix(max(0, others.count - limit)) { delete(old) }
  }
}
