import ZeroTouchModel

/// The controllers' own view of pods and nodes, kept up from the store's changes as informers do.
///
/// It answers "the pods on this node" and "the pods without one" without walking all objects.
struct WorkloadIndex: Sendable {
  private(set) var pods: [ObjectKey: PodRecord] = [:]
  private(set) var nodes: [String: NodeRecord] = [:]
  /// Pods without a node.
  private(set) var unscheduled: Set<ObjectKey> = []
  /// Pods on nodes whose required anti-affinity keeps others away.
  private(set) var exclusive: Set<ObjectKey> = []
  /// Those of them that keep others away from more than their own node.
  private(set) var farExclusive: Set<ObjectKey> = []
  /// Grows whenever something happens that may let an unschedulable pod find a node.
  private(set) var schedulingEpoch = 0
  private var podsByNode: [String: Set<ObjectKey>] = [:]
  private var podsByNamespace: [String: Set<ObjectKey>] = [:]
  private var podsByReference: [ObjectKey: Set<ObjectKey>] = [:]
  private var revision: UInt64?

  private static let resources: [GroupResource] = [.nodes, .pods, .persistentVolumeClaims, .persistentVolumes]

  /// Takes in what happened since the last call.
  mutating func catchUp(with store: ObjectStore, now: Duration) {
    if let revision, let changes = store.changes(after: revision) {
      for change in changes { take(change.key, change.kind == .deleted ? nil : change.object, now: now) }
    } else {
      self = WorkloadIndex(schedulingEpoch: schedulingEpoch + 1)
      for resource in Self.resources {
        for (key, object) in store.list(resource) { take(key, object, now: now) }
      }
    }
    revision = store.revision
  }

  init(schedulingEpoch: Int = 0) { self.schedulingEpoch = schedulingEpoch }

  func pods(on node: String) -> Set<ObjectKey> { podsByNode[node] ?? [] }

  /// The pods of a namespace, in no order.
  func pods(in namespace: String) -> [PodRecord] { (podsByNamespace[namespace] ?? []).compactMap { pods[$0] } }

  func pods(naming key: ObjectKey) -> Set<ObjectKey> { podsByReference[key] ?? [] }

  private mutating func take(_ key: ObjectKey, _ object: JSONValue?, now: Duration) {
    if key.resource == .pods { take(pod: key, object, now: now) }
    if key.resource == .nodes { take(node: key.name, object) }
    // A claim that gets bound or a volume that appears may let its pod go to a node.
    if key.resource == .persistentVolumeClaims || key.resource == .persistentVolumes { schedulingEpoch += 1 }
  }

  private mutating func take(node name: String, _ object: JSONValue?) {
    let before = nodes[name]
    nodes[name] = object.map { NodeRecord($0, name: name) }
    if before == nil || nodes[name].map({ before?.mattersToScheduling(since: $0) ?? true }) ?? true {
      schedulingEpoch += 1
    }
  }

  private mutating func take(pod key: ObjectKey, _ object: JSONValue?, now: Duration) {
    let before = pods[key]
    var record = object.map { PodRecord($0, key: key, previous: before) }
    if record?.isReady == true, record?.readySince == nil { record?.readySince = now }
    pods[key] = record
    if before?.node != record?.node || (before != nil) != (record != nil) || before?.isActive != record?.isActive {
      schedulingEpoch += 1
    }
    if before?.uid != record?.uid { setReferences(before?.references ?? [], record?.references ?? [], of: key) }
    if before?.node != record?.node {
      if let node = before?.node { podsByNode[node]?.remove(key) }
      if let node = record?.node { podsByNode[node, default: []].insert(key) }
    }
    if (before != nil) != (record != nil) {
      toggle(&podsByNamespace[key.namespace, default: []], key, record != nil)
      if podsByNamespace[key.namespace]?.isEmpty == true { podsByNamespace[key.namespace] = nil }
    }
    toggle(&unscheduled, key, record.map { $0.node == nil && $0.isActive } ?? false)
    let placed = record.map { $0.node != nil && $0.isActive } ?? false
    toggle(&exclusive, key, placed && record?.antiAffinity.isEmpty == false)
    toggle(&farExclusive, key, placed && record?.antiAffinity.contains { !$0.isPerNode } == true)
  }

  private mutating func setReferences(_ before: Set<ObjectKey>, _ after: Set<ObjectKey>, of pod: ObjectKey) {
    for key in before { podsByReference[key]?.remove(pod) }
    for key in after { podsByReference[key, default: []].insert(pod) }
  }

  private func toggle(_ set: inout Set<ObjectKey>, _ key: ObjectKey, _ contained: Bool) {
    if contained { set.insert(key) } else { set.remove(key) }
  }
}
