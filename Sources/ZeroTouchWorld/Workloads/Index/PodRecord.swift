import ZeroTouchModel

/// What controllers need to know about a pod at a glance, so that none of them reads the whole object again.
struct PodRecord: Sendable {
  enum Phase: String, Sendable {
    case pending = "Pending"
    case running = "Running"
    case succeeded = "Succeeded"
    case failed = "Failed"
  }

  let key: ObjectKey
  let uid: String
  let ownerUID: String?
  let owner: ObjectKey?
  let labels: [String: String]
  let priority: Int
  /// The position in the order of creation.
  let order: Int
  let node: String?
  /// The only node its affinity allows, as for a DaemonSet's pods.
  let pinnedNode: String?
  let phase: Phase
  let isReady: Bool
  /// When it became ready, in virtual time.
  var readySince: Duration?
  let isTerminating: Bool
  let hostPorts: Set<HostPort>
  let antiAffinity: [AffinityTerm]
  /// The Secrets, ConfigMaps and claims it names.
  let references: Set<ObjectKey>

  /// Neither finished nor on its way out.
  var isActive: Bool { !isTerminating && phase != .succeeded && phase != .failed }

  init(_ pod: JSONValue, key: ObjectKey, previous: PodRecord?) {
    let metadata = pod["metadata"]
    let spec = pod["spec"]
    self.key = key
    uid = metadata?["uid"]?.stringValue ?? ""
    let controller = (metadata?["ownerReferences"]?.arrayValue ?? []).first { $0["controller"] == true }
    ownerUID = controller?["uid"]?.stringValue
    owner = controller.flatMap { Self.key(of: $0, namespace: key.namespace) }
    labels = metadata?["labels"]?.stringMap ?? [:]
    priority = spec?["priority"]?.intValue ?? 0
    order =
      previous?.uid == uid ? previous?.order ?? 0 : metadata?["resourceVersion"]?.stringValue.flatMap { Int($0) } ?? 0
    node = spec?["nodeName"]?.stringValue
    phase = pod[path: "status", "phase"]?.stringValue.flatMap(Phase.init) ?? .pending
    isReady = pod.condition("Ready")?["status"] == "True"
    isTerminating = metadata?["deletionTimestamp"] != nil
    if let previous, previous.uid == uid {
      // Ports, affinity and references stand still for the life of a pod.
      (hostPorts, antiAffinity) = (previous.hostPorts, previous.antiAffinity)
      (references, pinnedNode) = (previous.references, previous.pinnedNode)
      readySince = isReady ? previous.readySince : nil
    } else {
      hostPorts = HostPort.list(of: spec)
      antiAffinity = AffinityTerm.list(
        spec?[path: "affinity", "podAntiAffinity"], podNamespace: key.namespace, labels: labels)
      references = PodReferences(spec, namespace: key.namespace).keys
      pinnedNode = SchedulingRequest.pinnedNode(of: spec)
      readySince = nil
    }
  }

  private static func key(of reference: JSONValue, namespace: String) -> ObjectKey? {
    guard let kind = reference["kind"]?.stringValue, let resource = GroupResource.owning(kind: kind),
      let name = reference["name"]?.stringValue
    else { return nil }
    return ObjectKey(resource, namespace, name)
  }
}

/// A port of a node that a pod wants for itself.
struct HostPort: Sendable, Hashable {
  let port: Int
  let transport: String

  static func list(of spec: JSONValue?) -> Set<HostPort> {
    let onHost = spec?["hostNetwork"] == true
    let containers = (spec?["containers"]?.arrayValue ?? [])
    return Set(
      containers.flatMap { $0["ports"]?.arrayValue ?? [] }.compactMap { port in
        let number = port["hostPort"]?.intValue ?? (onHost ? port["containerPort"]?.intValue : nil)
        return number.map { HostPort(port: $0, transport: port["protocol"]?.stringValue ?? "TCP") }
      })
  }
}
