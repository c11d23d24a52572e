import ZeroTouchModel

/// The scheduler: gives every pod without a node the best node that may take it, or says why none may.
struct Scheduler: Controller {
  static let controllerName = "default-scheduler"
  let name = controllerName
  let watches: Set<GroupResource> = [.pods, .nodes, .persistentVolumeClaims, .persistentVolumes]

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    world.beginReconcile(name)
    let epoch = world.index.schedulingEpoch
    for key in queue(world.index) {
      // Nothing moved since it last found no node: it would find none again.
      if world.workloads.unschedulableSince[key] == epoch { continue }
      schedule(key, in: &world)
    }
  }

  /// The most important pods first, and of equal ones those that came first.
  private func queue(_ index: WorkloadIndex) -> [ObjectKey] {
    index.unscheduled.sorted { left, right in
      let (first, second) = (index.pods[left], index.pods[right])
      return (-(first?.priority ?? 0), first?.order ?? 0, left) < (-(second?.priority ?? 0), second?.order ?? 0, right)
    }
  }

  private func schedule(_ key: ObjectKey, in world: inout World) {
    guard let pod = world.objects[key], let record = world.index.pods[key] else { return }
    let name = pod[path: "spec", "schedulerName"]?.stringValue
    guard name == nil || name == Self.controllerName else { return }
    let request = SchedulingRequest(pod, record)
    let verdict = world.feasibility(of: request)
    if let node = best(verdict.feasible, for: record, in: world) {
      // A pod is bound only once its volumes are: until then they know where it will be.
      guard world.selectNode(node, forClaimsOf: request) else {
        world.refreshIndex()
        world.workloads.unschedulableSince[key] = world.index.schedulingEpoch
        return
      }
      world.bind(key, to: node)
      world.workloads.unschedulableSince[key] = nil
      world.refreshIndex()
    } else {
      world.reportUnschedulable(key, verdict.message)
      world.refreshIndex()
      world.workloads.unschedulableSince[key] = world.index.schedulingEpoch
    }
  }

  /// Spreads the pods of one owner first, then all pods; names decide between equals.
  private func best(_ nodes: [String], for pod: PodRecord, in world: World) -> String? {
    guard nodes.count > 1 else { return nodes.first }
    var load: [String: Int] = [:]
    if let owner = pod.ownerUID {
      for sibling in world.ownedPods(of: owner) where sibling.isActive {
        if let node = sibling.node { load[node, default: 0] += 1 }
      }
    }
    return nodes.min { left, right in
      (load[left, default: 0], world.index.pods(on: left).count, left)
        < (load[right, default: 0], world.index.pods(on: right).count, right)
    }
  }
}

extension World {
  mutating func bind(_ key: ObjectKey, to node: String) {
    let time = timestamp
    objects.update(key) { pod in
      pod[path: "spec", "nodeName"] = .string(node)
      var conditions = pod[path: "status", "conditions"]?.arrayValue ?? []
      conditions.setCondition(["type": "PodScheduled", "status": "True", "lastProbeTime": .null], timestamp: time)
      pod[path: "status", "conditions"] = .array(conditions)
    }
    recordSchedulerEvent(
      .normal, "Scheduled", "Successfully assigned \(key.namespace)/\(key.name) to \(node)", action: "Binding",
      about: key)
  }

  mutating func reportUnschedulable(_ key: ObjectKey, _ message: String) {
    let generation = objects[key]?[path: "metadata", "generation"] ?? 1
    let known = objects[key]?.condition("PodScheduled")?["message"]?.stringValue == message
    guard !known else { return }
    let time = timestamp
    objects.update(key) { pod in
      var conditions = pod[path: "status", "conditions"]?.arrayValue ?? []
      conditions.setCondition(
        [
          "type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": .string(message),
          "lastProbeTime": .null, "observedGeneration": generation,
        ], timestamp: time)
      pod[path: "status", "conditions"] = .array(conditions)
    }
    recordSchedulerEvent(.warning, "FailedScheduling", message, action: "Scheduling", about: key)
  }
}
