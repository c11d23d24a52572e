import ZeroTouchModel

/// The kubelets of all nodes: they start the containers of the pods bound to them and report how they do.
struct Kubelet: Controller {
  static let controllerName = "kubelet"
  let name = controllerName
  let watches: Set<GroupResource> = [.pods, .secrets, .configMaps, .nodes]

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    world.beginReconcile(name)
    var pods: Set<ObjectKey> = []
    for key in changed {
      switch key.resource {
      case .pods: pods.insert(key)
      case .nodes: if world.index.nodes[key.name] == nil { world.kubelets.forget(node: key.name) }
      default: pods.formUnion(world.index.pods(naming: key))
      }
    }
    for key in pods.sorted() { world.syncPod(key) }
  }

  func elapsed(_ timer: Timer, in world: inout World) {
    world.refreshIndex()
    let parts = timer.purpose.split(separator: "|", maxSplits: 2).map(String.init)
    guard parts.count == 3, world.index.pods[timer.subject]?.uid == parts[1], var work = world.kubelets.work[parts[1]],
      !world.kubelets.silent.contains(work.node), var container = work[parts[2]],
      let step = ContainerStep(rawValue: parts[0])
    else { return }
    let pod = PodContext(key: timer.subject, uid: parts[1], node: work.node, workload: work.workload)
    world.take(step, of: &container, in: pod, restarts: work.restarts)
    work[container.name] = container
    world.kubelets.work[pod.uid] = work
    world.syncPod(timer.subject)
  }
}

/// What a container waits for; the rest of a timer's purpose names the pod's uid and the container.
enum ContainerStep: String, Sendable { case pulled, ready, ended, restart }

/// The pod a container belongs to, as its messages name it.
struct PodContext: Sendable {
  let key: ObjectKey
  let uid: String
  let node: String
  let workload: String
}

extension World {
  /// Lets the kubelet of a pod's node do what can be done now, and writes the pod's status.
  mutating func syncPod(_ key: ObjectKey) {
    guard let record = index.pods[key] else { return dropWork(of: key) }
    guard let node = record.node, let host = index.nodes[node], !kubelets.silent.contains(node),
      let pod = objects[key], record.isActive
    else { return }
    var work =
      kubelets.work[record.uid]
      ?? PodWork(pod, uid: record.uid, node: node, workload: workload(of: record), timestamp: timestamp)
    let context = PodContext(key: key, uid: record.uid, node: node, workload: work.workload)
    if work.address == nil, let address = sandboxAddress(of: pod, host, context) { work.address = address }
    if work.address != nil { startContainers(of: &work, context, pod) }
    kubelets.work[record.uid] = work
    kubelets.uids[key] = record.uid
    let status = work.status(of: pod, hostAddress: host.address, timestamp: timestamp)
    objects.update(key) { $0["status"] = status }
  }

  private mutating func dropWork(of key: ObjectKey) {
    if let uid = kubelets.uids.removeValue(forKey: key) { kubelets.work[uid] = nil }
  }

  /// The address of the pod once its sandbox can be made; nil while volumes or the network are missing.
  private mutating func sandboxAddress(of pod: JSONValue, _ host: NodeRecord, _ context: PodContext) -> String? {
    let references = PodReferences(pod["spec"], namespace: context.key.namespace)
    let missing = references.mounts.filter { objects[$0.key] == nil }
    for mount in missing {
      let kind = mount.key.resource == .secrets ? "secret" : "configmap"
      recordEvent(
        .warning, "FailedMount",
        "MountVolume.SetUp failed for volume \"\(mount.volume)\" : \(kind) \"\(mount.key.name)\" not found",
        about: context.key, from: "kubelet", host: host.name)
    }
    guard missing.isEmpty else { return nil }
    if let problem = mountProblem(of: pod, on: host.name) {
      recordEvent(.warning, "FailedMount", problem, about: context.key, from: "kubelet", host: host.name)
      return nil
    }
    if pod[path: "spec", "hostNetwork"] == true { return host.address }
    guard kubelets.networkReady.contains(host.name) else {
      recordEvent(
        .warning, "NetworkNotReady", "network is not ready: \(NodeConditions.networkMissing)", about: context.key,
        from: "kubelet", host: host.name)
      return nil
    }
    return pod[path: "status", "podIP"]?.stringValue ?? kubelets.drawAddress(on: host.name)
  }

  /// The workload behind a pod: of a ReplicaSet its Deployment.
  func workload(of pod: PodRecord) -> String {
    guard let owner = pod.owner else { return "\(pod.key.namespace)/\(pod.key.name)" }
    let owners = objects[owner]?[path: "metadata", "ownerReferences"]?.arrayValue ?? []
    let above = owners.first { $0["controller"] == true }?["name"]?.stringValue
    return "\(owner.namespace)/\(above ?? owner.name)"
  }
}
