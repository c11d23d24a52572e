import ZeroTouchModel

/// What controllers need to know about a node at a glance.
struct NodeRecord: Sendable, Hashable {
  let name: String
  let uid: String
  let labels: [String: String]
  let taints: [Taint]
  let isUnschedulable: Bool
  let isReady: Bool
  let podCapacity: Int
  let address: String
  let podCIDR: String

  init(_ node: JSONValue, name: String) {
    self.name = name
    uid = node[path: "metadata", "uid"]?.stringValue ?? ""
    labels = node[path: "metadata", "labels"]?.stringMap ?? [:]
    taints = (node[path: "spec", "taints"]?.arrayValue ?? []).compactMap(Taint.init)
    isUnschedulable = node[path: "spec", "unschedulable"]?.boolValue ?? false
    isReady = node.condition("Ready")?["status"] == "True"
    podCapacity = node[path: "status", "allocatable", "pods"]?.stringValue.flatMap { Int($0) } ?? 110
    let addresses = node[path: "status", "addresses"]?.arrayValue ?? []
    address = addresses.first { $0["type"] == "InternalIP" }?["address"]?.stringValue ?? ""
    podCIDR = node[path: "spec", "podCIDR"]?.stringValue ?? ""
  }

  /// Whether a change from the other record can make room for a pod that found none.
  func mattersToScheduling(since other: NodeRecord) -> Bool {
    labels != other.labels || taints != other.taints || isUnschedulable != other.isUnschedulable
      || podCapacity != other.podCapacity
  }
}
