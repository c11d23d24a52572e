import ZeroTouchModel

/// Which nodes a DaemonSet wants a pod on, kept so that one node's change costs one node's work.
struct DaemonPlacement: Sendable {
  let generation: Int
  /// The nodes it wants a pod on.
  var wanted: Set<String> = []
  /// Nodes that keep running pods they have, though no new one would be sent there.
  var tolerated: Set<String> = []

  init(generation: Int) { self.generation = generation }
}

/// What a DaemonSet asks for.
struct DaemonPlan: Sendable {
  let key: ObjectKey
  let object: JSONValue
  let owner: PodOwner
  let request: SchedulingRequest
  let generation: Int
  let hash: String
  let minReadySeconds: Int

  /// The tolerations every DaemonSet's pods get.
  static func tolerations(hostNetwork: Bool) -> [JSONValue] {
    let pairs: [(String, String)] =
      [
        (Taint.notReady, "NoExecute"), (Taint.unreachable, "NoExecute"),
        ("node.kubernetes.io/disk-pressure", "NoSchedule"), ("node.kubernetes.io/memory-pressure", "NoSchedule"),
        ("node.kubernetes.io/pid-pressure", "NoSchedule"), (Taint.unschedulable, "NoSchedule"),
      ] + (hostNetwork ? [("node.kubernetes.io/network-unavailable", "NoSchedule")] : [])
    return pairs.map { ["key": .string($0.0), "operator": "Exists", "effect": .string($0.1)] }
  }

  init?(_ key: ObjectKey, in world: inout World) {
    guard let object = world.objects[key], object[path: "metadata", "deletionTimestamp"] == nil,
      let owner = PodOwner(key, object)
    else { return nil }
    self.key = key
    self.object = object
    self.owner = owner
    generation = object[path: "metadata", "generation"]?.intValue ?? 1
    hash = world.templateHash(of: object)
    minReadySeconds = object[path: "spec", "minReadySeconds"]?.intValue ?? 0
    var spec = object[path: "spec", "template", "spec"] ?? [:]
    let own = spec["tolerations"]?.arrayValue ?? []
    spec["tolerations"] = .array(own + Self.tolerations(hostNetwork: spec["hostNetwork"] == true))
    let record = PodRecord(["metadata": ["namespace": .string(key.namespace)], "spec": spec], key: key, previous: nil)
    request = SchedulingRequest(spec: spec, record)
  }

  var template: JSONValue { object[path: "spec", "template"] ?? [:] }

  var updatesOnDelete: Bool { object[path: "spec", "updateStrategy", "type"] == "OnDelete" }

  func maxUnavailable(of desired: Int) -> Int {
    let value = object[path: "spec", "updateStrategy", "rollingUpdate", "maxUnavailable"] ?? 1
    return max(1, Rollout.amount(value, of: desired, roundsUp: true))
  }

  func maxSurge(of desired: Int) -> Int {
    let value = object[path: "spec", "updateStrategy", "rollingUpdate", "maxSurge"] ?? 0
    return Rollout.amount(value, of: desired, roundsUp: true)
  }

  /// Whether a node should get a pod, and whether one that runs there may stay.
  func verdict(_ node: NodeRecord) -> (runs: Bool, stays: Bool) {
    guard request.selects(node) else { return (false, false) }
    let untolerated = node.taints.filter { !request.tolerates($0) }
    return (
      !untolerated.contains { $0.effect != .preferNoSchedule }, !untolerated.contains { $0.effect == .noExecute }
    )
  }
}
