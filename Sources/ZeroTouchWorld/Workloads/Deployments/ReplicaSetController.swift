import ZeroTouchModel

/// Keeps as many pods of a ReplicaSet as it asks for.
struct ReplicaSetController: Controller {
  static let controllerName = "replicaset-controller"
  let name = controllerName
  let watches: Set<GroupResource> = [.replicaSets, .pods]

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    world.beginReconcile(name)
    for key in world.controllersConcerned(.replicaSets, by: changed) { sync(key, in: &world) }
  }

  func elapsed(_ timer: Timer, in world: inout World) { world.objects.touch(timer.subject) }

  private func sync(_ key: ObjectKey, in world: inout World) {
    guard let set = world.objects[key], set[path: "metadata", "deletionTimestamp"] == nil,
      let owner = PodOwner(key, set)
    else { return }
    let wanted = set[path: "spec", "replicas"]?.intValue ?? 1
    let pods = world.ownedPods(of: owner.uid).filter(\.isActive)
    var refusal: PodRefusal?
    if pods.count < wanted {
      refusal = world.createPods(
        wanted - pods.count, PodPlan(owner: owner, template: set[path: "spec", "template"] ?? [:]))
    } else {
      for pod in DeletionRank.sorted(pods, in: world).prefix(pods.count - wanted) {
        world.deletePod(pod.key, for: owner)
      }
    }
    world.refreshIndex()
    writeStatus(key, set, owner, refusal, in: &world)
  }

  private func writeStatus(
    _ key: ObjectKey, _ set: JSONValue, _ owner: PodOwner, _ refusal: PodRefusal?, in world: inout World
  ) {
    let pods = world.ownedPods(of: owner.uid)
    let count = PodCount(pods, minReadySeconds: set[path: "spec", "minReadySeconds"]?.intValue ?? 0, now: world.now)
    if let due = count.nextAvailable { world.timers.start(Timer(name, key, "available"), at: due) }
    let templateLabels = set[path: "spec", "template", "metadata", "labels"]?.stringMap ?? [:]
    let labelled = pods.filter { pod in pod.isActive && templateLabels.allSatisfy { pod.labels[$0.key] == $0.value } }
    var status: JSONValue = [
      "replicas": JSONValue(count.active), "terminatingReplicas": JSONValue(count.terminating),
      "observedGeneration": set[path: "metadata", "generation"] ?? 1,
    ]
    status["fullyLabeledReplicas"] = labelled.isEmpty ? nil : JSONValue(labelled.count)
    status["readyReplicas"] = count.ready == 0 ? nil : JSONValue(count.ready)
    status["availableReplicas"] = count.available == 0 ? nil : JSONValue(count.available)
    status["conditions"] = failureCondition(
      set, refusal, missing: count.active < (set[path: "spec", "replicas"]?.intValue ?? 1), world.timestamp)
    world.objects.update(key) { $0["status"] = status }
  }

  private func failureCondition(
    _ set: JSONValue, _ refusal: PodRefusal?, missing: Bool, _ timestamp: String
  ) -> JSONValue? {
    guard missing else { return nil }
    guard let refusal else { return set[path: "status", "conditions"] }
    var conditions = set[path: "status", "conditions"]?.arrayValue ?? []
    conditions.setCondition(
      ["type": "ReplicaFailure", "status": "True", "reason": "FailedCreate", "message": .string(refusal.message)],
      timestamp: timestamp)
    return .array(conditions)
  }
}
