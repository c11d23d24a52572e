package import ZeroTouchModel

/// A Node: whether it is ready and what keeps pods away from it.
package struct ObservedNode: ClusterObject {
  package static let resource = "nodes"

  package let metadata: ObjectMetadata
  package let conditions: [ObjectCondition]
  package let isCordoned: Bool
  /// The keys of the taints that keep new pods away.
  package let taints: [String]
  /// Where it is reached, its own network's first.
  package let addresses: [String]
  package let kubeletVersion: String

  package init?(_ json: JSONValue) {
    guard let metadata = ObjectMetadata(json) else { return nil }
    self.metadata = metadata
    conditions = ObjectCondition.all(of: json)
    isCordoned = json[path: "spec", "unschedulable"]?.boolValue ?? false
    taints = (json[path: "spec", "taints"]?.arrayValue ?? [])
      .filter { ["NoSchedule", "NoExecute"].contains($0["effect"]?.stringValue) }
      .compactMap { $0["key"]?.stringValue }.sorted()
    let listed = json[path: "status", "addresses"]?.arrayValue ?? []
    addresses = ["InternalIP", "ExternalIP"].flatMap { type in
      listed.filter { $0["type"]?.stringValue == type }.compactMap { $0["address"]?.stringValue }
    }
    kubeletVersion = json[path: "status", "nodeInfo", "kubeletVersion"]?.stringValue ?? ""
  }

  /// The Nodes that `kubectl get nodes -o json` printed; nil where it printed none of it.
  package static func list(in output: ToolOutput) -> [ObservedNode]? {
    (try? JSONValue(parsing: output.standardOutput))?["items"]?.arrayValue?.compactMap(ObservedNode.init)
  }

  package var isControlPlane: Bool { metadata.labels["node-role.kubernetes.io/control-plane"] != nil }

  package var isReady: Bool { conditions.named("Ready")?.isTrue ?? false }

  /// Why the node is not ready, in the kubelet's words.
  package var complaint: String {
    guard let ready = conditions.named("Ready") else { return "the kubelet has not reported yet" }
    return ready.message.isEmpty ? ready.reason : ready.message
  }
}
