import ZeroTouchModel

/// Kubelets' reports about their nodes and what the node controller makes of them: conditions, taints, evictions.
struct NodeLifecycle: Controller {
  static let controllerName = "node-controller"
  /// How long the node controller waits for a kubelet's report.
  static let gracePeriod = Duration.seconds(40)
  let name = controllerName
  let watches: Set<GroupResource> = [.nodes, .pods]

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    world.beginReconcile(name)
    var nodes: Set<String> = []
    for key in changed {
      if key.resource == .nodes {
        nodes.insert(key.name)
      } else if let pod = world.index.pods[key], let node = pod.node, world.noteNetworkPlugin(pod, on: node) {
        nodes.insert(node)
      }
    }
    for node in nodes.sorted() { sync(node, in: &world) }
    let placed = changed.filter { $0.resource == .pods && world.index.pods[$0]?.node != nil }
    for key in placed { world.judgeEviction(of: key) }
  }

  func elapsed(_ timer: Timer, in world: inout World) {
    world.refreshIndex()
    if timer.purpose == "grace" {
      sync(timer.subject.name, in: &world)
    } else if world.index.pods[timer.subject]?.uid == timer.purpose, world.evictionDelay(of: timer.subject) != nil {
      world.evict(timer.subject)
    }
  }

  private func sync(_ node: String, in world: inout World) {
    guard world.index.nodes[node] != nil else {
      for key in world.index.pods(on: node).sorted() { world.delete(key) }
      return
    }
    if world.kubelets.silent.contains(node) {
      let waits = world.timers.isPending(Timer(name, ObjectKey(.nodes, node), "grace"))
      if !waits { world.reportLost(node) }
    } else {
      world.reportNode(node)
    }
    world.refreshIndex()
    for key in world.index.pods(on: node).sorted() { world.judgeEviction(of: key) }
  }
}

extension World {
  /// Whether a pod is a network plugin's agent whose state changes what its node can do.
  mutating func noteNetworkPlugin(_ pod: PodRecord, on node: String) -> Bool {
    guard pod.owner?.resource == .daemonSets, NetworkPlugin(pod) != nil else { return false }
    if pod.isReady, kubelets.networkReady.insert(node).inserted {
      // Pods that had no network until now can start.
      for key in index.pods(on: node) { objects.touch(key) }
    }
    return true
  }

  /// Writes what a working kubelet says about its node.
  mutating func reportNode(_ name: String) {
    let isReady = kubelets.networkReady.contains(name)
    let hasCilium = isReady && ciliumAgentIsReady(on: name)
    let time = timestamp
    let wasReady = index.nodes[name]?.isReady ?? false
    defer {
      if isReady, !wasReady {
        recordEvent(
          .normal, "NodeReady", "Node \(name) status is now: NodeReady", about: ObjectKey(.nodes, name),
          from: "kubelet",
          host: name)
      }
    }
    objects.update(ObjectKey(.nodes, name)) { node in
      var conditions = node[path: "status", "conditions"]?.arrayValue ?? []
      let wasUnknown = conditions.contains { $0["status"] == "Unknown" }
      let stands = conditions.first { $0["type"] == "Ready" }?["status"] == (isReady ? "True" : "False")
      if wasUnknown {
        for condition in NodeConditions.initial(timestamp: time) { conditions.setCondition(condition, timestamp: time) }
      }
      if !stands || wasUnknown {
        conditions.setCondition(isReady ? NodeConditions.ready(time) : NodeConditions.notReady(time), timestamp: time)
      }
      if hasCilium, !conditions.contains(where: { $0["type"] == "NetworkUnavailable" }) {
        conditions.insert(NodeConditions.networkAvailable(time), at: 0)
      }
      node[path: "status", "conditions"] = .array(conditions)
      NodeTaints.settle(&node, isReady: isReady, isLost: false, hasCilium: hasCilium, timestamp: time)
    }
  }

  /// Writes that a node's kubelet has not been heard of.
  mutating func reportLost(_ name: String) {
    let time = timestamp
    let key = ObjectKey(.nodes, name)
    let wasKnown = objects[key]?.condition("Ready")?["status"] != "Unknown"
    objects.update(key) { node in
      var conditions = node[path: "status", "conditions"]?.arrayValue ?? []
      for type in ["MemoryPressure", "DiskPressure", "PIDPressure", "Ready"] {
        let stands = conditions.contains { $0["type"]?.stringValue == type && $0["status"] == "Unknown" }
        if !stands { conditions.setCondition(NodeConditions.unknown(type, time), timestamp: time) }
      }
      node[path: "status", "conditions"] = .array(conditions)
      NodeTaints.settle(&node, isReady: false, isLost: true, hasCilium: false, timestamp: time)
    }
    guard wasKnown else { return }
    recordEvent(
      .normal, "NodeNotReady", "Node \(name) status is now: NodeNotReady", about: key,
      from: NodeLifecycle.controllerName)
    for pod in index.pods(on: name).sorted() { markUnready(pod) }
  }

  /// Takes back that a pod is ready, as long as nobody can say.
  mutating func markUnready(_ key: ObjectKey) {
    let time = timestamp
    objects.update(key) { pod in
      guard var conditions = pod[path: "status", "conditions"]?.arrayValue,
        var ready = conditions.first(where: { $0["type"] == "Ready" })
      else { return }
      ready["status"] = "False"
      conditions.setCondition(ready, timestamp: time)
      pod[path: "status", "conditions"] = .array(conditions)
    }
  }
}
