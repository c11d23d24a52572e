import ZeroTouchModel

/// Keeps the numbered pods of StatefulSets, one after the other, each with its own claims.
struct StatefulSetController: Controller {
  static let controllerName = "statefulset-controller"
  let name = controllerName
  let watches: Set<GroupResource> = [.statefulSets, .pods]

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    world.beginReconcile(name)
    for key in world.controllersConcerned(.statefulSets, by: changed) { sync(key, in: &world) }
  }

  func elapsed(_ timer: Timer, in world: inout World) { world.objects.touch(timer.subject) }

  private func sync(_ key: ObjectKey, in world: inout World) {
    guard let set = world.objects[key], set[path: "metadata", "deletionTimestamp"] == nil,
      let owner = PodOwner(key, set)
    else { return }
    let hash = world.templateHash(of: set)
    world.keepRevision(of: owner, set, hash: hash)
    let plan = StatefulPlan(key, set, owner, hash: hash)
    if !world.isRetrying(owner) { world.advance(plan) }
    world.refreshIndex()
    writeStatus(plan, in: &world)
  }

  private func writeStatus(_ plan: StatefulPlan, in world: inout World) {
    let pods = world.ownedPods(of: plan.owner.uid)
    let count = PodCount(pods, minReadySeconds: plan.minReadySeconds, now: world.now)
    if let due = count.nextAvailable { world.timers.start(Timer(name, plan.key, "available"), at: due) }
    let updated = pods.filter { $0.isActive && $0.labels[DaemonSetController.hashLabel] == plan.hash }.count
    let revision = "\(plan.key.name)-\(plan.hash)"
    let isDone = updated == plan.replicas && count.ready == plan.replicas
    let current = isDone ? revision : plan.object[path: "status", "currentRevision"]?.stringValue ?? revision
    let currentHash = String(current.dropFirst(plan.key.name.count + 1))
    let onCurrent = pods.filter { $0.isActive && $0.labels[DaemonSetController.hashLabel] == currentHash }.count
    var status: JSONValue = [
      "observedGeneration": plan.object[path: "metadata", "generation"] ?? 1, "replicas": JSONValue(count.active),
      "availableReplicas": JSONValue(count.available), "currentRevision": .string(current),
      "updateRevision": .string(revision), "collisionCount": 0,
    ]
    for (name, value) in [("readyReplicas", count.ready), ("updatedReplicas", updated), ("currentReplicas", onCurrent)]
    where value > 0 { status[name] = JSONValue(value) }
    world.objects.update(plan.key) { $0["status"] = status }
  }
}

/// What a StatefulSet asks for.
struct StatefulPlan: Sendable {
  let key: ObjectKey
  let object: JSONValue
  let owner: PodOwner
  let hash: String
  let replicas: Int
  let firstOrdinal: Int
  let minReadySeconds: Int
  let isParallel: Bool
  /// Pods below this number keep their template in an update.
  let partition: Int
  let updatesOnDelete: Bool

  init(_ key: ObjectKey, _ object: JSONValue, _ owner: PodOwner, hash: String) {
    self.key = key
    self.object = object
    self.owner = owner
    self.hash = hash
    let spec = object["spec"] ?? [:]
    replicas = spec["replicas"]?.intValue ?? 1
    firstOrdinal = spec[path: "ordinals", "start"]?.intValue ?? 0
    minReadySeconds = spec["minReadySeconds"]?.intValue ?? 0
    isParallel = spec["podManagementPolicy"] == "Parallel"
    partition = spec[path: "updateStrategy", "rollingUpdate", "partition"]?.intValue ?? 0
    updatesOnDelete = spec[path: "updateStrategy", "type"] == "OnDelete"
  }

  var ordinals: Range<Int> { firstOrdinal..<firstOrdinal + replicas }

  func name(_ ordinal: Int) -> String { "\(key.name)-\(ordinal)" }

  func claimTemplates() -> [(name: String, template: JSONValue)] {
    (object[path: "spec", "volumeClaimTemplates"]?.arrayValue ?? []).map {
      ($0[path: "metadata", "name"]?.stringValue ?? "", $0)
    }
  }
}
