import ZeroTouchModel

extension World {
  /// The objects of a resource that changed, or whose pods did, or whose deleted pods did.
  func controllersConcerned(_ resource: GroupResource, by changed: [ObjectKey]) -> [ObjectKey] {
    var keys: Set<ObjectKey> = []
    for key in changed {
      if key.resource == resource { keys.insert(key) }
      if let owner = index.pods[key]?.owner, owner.resource == resource { keys.insert(owner) }
    }
    return keys.sorted()
  }

  /// Creates pods of one plan; after the first refusal it pauses, longer each time.
  mutating func createPods(_ count: Int, _ plan: PodPlan) -> PodRefusal? {
    guard !timers.isPending(retry(plan.owner)) else { return nil }
    for _ in 0..<count {
      if case .failure(let refusal) = create(plan) {
        reportRefusal(refusal, plan.owner)
        return refusal
      }
    }
    workloads.failures[plan.owner.uid] = nil
    return nil
  }

  /// Reports that a pod could not be created and arranges for the next attempt.
  mutating func reportRefusal(_ refusal: PodRefusal, _ owner: PodOwner) {
    recordEvent(.warning, "FailedCreate", "Error creating: \(refusal.message)", about: owner.key, from: owner.component)
    let failures = workloads.failures[owner.uid, default: 0]
    workloads.failures[owner.uid] = failures + 1
    // The controllers' queue doubles its pause up to a little over a quarter of an hour.
    start(retry(owner), after: .seconds(min(1 << min(failures, 10), 1000)))
  }

  func isRetrying(_ owner: PodOwner) -> Bool { timers.isPending(retry(owner)) }

  private func retry(_ owner: PodOwner) -> Timer { Timer(owner.component, owner.key, "retry") }

  /// The short hash of a workload's template, remembered for as long as its generation stands.
  mutating func templateHash(of object: JSONValue) -> String {
    let uid = object[path: "metadata", "uid"]?.stringValue ?? ""
    let generation = object[path: "metadata", "generation"]?.intValue ?? 0
    if let known = workloads.templateHashes[uid], known.generation == generation { return known.hash }
    let hash = NameSource.hash((object[path: "spec", "template"] ?? [:]).text())
    workloads.templateHashes[uid] = (generation, hash)
    return hash
  }
}
