import ZeroTouchModel

/// Keeps one pod of every DaemonSet on every node that may have it.
struct DaemonSetController: Controller {
  static let controllerName = "daemonset-controller"
  let name = controllerName
  let watches: Set<GroupResource> = [.daemonSets, .pods, .nodes]

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    world.beginReconcile(name)
    let nodes = Set(changed.filter { $0.resource == .nodes }.map(\.name))
    let touched = Set(changed.filter { $0.resource == .daemonSets })
    var keys = Set(world.controllersConcerned(.daemonSets, by: changed))
    if !nodes.isEmpty { keys.formUnion(world.objects.list(.daemonSets).map(\.key)) }
    for key in keys.sorted() { sync(key, changedNodes: nodes, isTouched: touched.contains(key), in: &world) }
  }

  func elapsed(_ timer: Timer, in world: inout World) { world.objects.touch(timer.subject) }

  private func sync(_ key: ObjectKey, changedNodes: Set<String>, isTouched: Bool, in world: inout World) {
    guard let plan = DaemonPlan(key, in: &world) else { return }
    var placement = world.workloads.daemons[plan.owner.uid] ?? DaemonPlacement(generation: 0)
    let isNew = placement.generation != plan.generation
    if isNew { placement = DaemonPlacement(generation: plan.generation) }
    for name in isNew ? Set(world.index.nodes.keys) : changedNodes { place(name, plan, &placement, world.index) }
    world.workloads.daemons[plan.owner.uid] = placement
    world.keepRevision(of: plan.owner, plan.object, hash: plan.hash)
    var pods = DaemonPods(plan, world)
    manage(plan, placement, pods, in: &world)
    if !plan.updatesOnDelete, pods.hasOutdated(plan.hash) { world.rollDaemons(plan, placement, pods) }
    world.refreshIndex()
    pods = DaemonPods(plan, world)
    writeStatus(plan, placement, pods, in: &world)
  }

  private func place(_ name: String, _ plan: DaemonPlan, _ placement: inout DaemonPlacement, _ index: WorkloadIndex) {
    let (runs, stays) = index.nodes[name].map(plan.verdict) ?? (false, false)
    if runs { placement.wanted.insert(name) } else { placement.wanted.remove(name) }
    if stays { placement.tolerated.insert(name) } else { placement.tolerated.remove(name) }
  }

  /// Creates what is missing, replaces what failed and takes away what is where it should not be.
  private func manage(_ plan: DaemonPlan, _ placement: DaemonPlacement, _ pods: DaemonPods, in world: inout World) {
    for (node, present) in pods.byNode.sorted(by: { $0.key < $1.key }) {
      let failed = present.filter { $0.phase == .failed || $0.phase == .succeeded }
      let strays = placement.wanted.contains(node) || placement.tolerated.contains(node) ? [] : present
      for pod in failed + strays.filter({ $0.isActive }) { world.deletePod(pod.key, for: plan.owner) }
    }
    guard !world.isRetrying(plan.owner) else { return }
    for node in placement.wanted.subtracting(pods.occupied).sorted() {
      guard world.createDaemon(plan, on: node) else { return }
    }
    world.workloads.failures[plan.owner.uid] = nil
  }

  private func writeStatus(_ plan: DaemonPlan, _ placement: DaemonPlacement, _ pods: DaemonPods, in world: inout World)
  {
    var (current, ready, available, updated, misscheduled) = (0, 0, 0, 0, 0)
    for (node, present) in pods.byNode {
      let active = present.filter(\.isActive)
      guard placement.wanted.contains(node) else {
        misscheduled += active.isEmpty ? 0 : 1
        continue
      }
      guard let pod = active.min(by: { $0.order < $1.order }) else { continue }
      current += 1
      if pod.isReady { ready += 1 }
      if pod.isAvailable(after: plan.minReadySeconds, at: world.now) { available += 1 }
      if pod.labels[Self.hashLabel] == plan.hash { updated += 1 }
    }
    let count = PodCount(pods.byNode.values.flatMap { $0 }, minReadySeconds: plan.minReadySeconds, now: world.now)
    if let due = count.nextAvailable { world.timers.start(Timer(name, plan.key, "available"), at: due) }
    let desired = placement.wanted.count
    var status: JSONValue = [
      "currentNumberScheduled": JSONValue(current), "desiredNumberScheduled": JSONValue(desired),
      "numberMisscheduled": JSONValue(misscheduled), "numberReady": JSONValue(ready),
      "observedGeneration": JSONValue(plan.generation),
    ]
    if available > 0 { status["numberAvailable"] = JSONValue(available) }
    if desired > available { status["numberUnavailable"] = JSONValue(desired - available) }
    if updated > 0 { status["updatedNumberScheduled"] = JSONValue(updated) }
    world.objects.update(plan.key) {
      $0["status"] = status
      $0[path: "metadata", "annotations", Self.generationAnnotation] = .string(String(plan.generation))
    }
  }

  private static let generationAnnotation = "deprecated.daemonset.template.generation"
  static let hashLabel = "controller-revision-hash"
}

/// A DaemonSet's pods by the node they are on or bound for.
struct DaemonPods: Sendable {
  private(set) var byNode: [String: [PodRecord]] = [:]

  init(_ plan: DaemonPlan, _ world: World) {
    for pod in world.ownedPods(of: plan.owner.uid) {
      if let node = pod.node ?? pod.pinnedNode { byNode[node, default: []].append(pod) }
    }
  }

  /// The nodes that have a pod or are getting one.
  var occupied: Set<String> { Set(byNode.filter { $0.value.contains(where: \.isActive) }.keys) }

  func hasOutdated(_ hash: String) -> Bool {
    byNode.values.contains { $0.contains { $0.isActive && $0.labels[DaemonSetController.hashLabel] != hash } }
  }
}
