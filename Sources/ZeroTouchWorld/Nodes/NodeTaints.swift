import ZeroTouchModel

/// The taints the node controller keeps in step with a node's state.
enum NodeTaints {
  static func settle(
    _ node: inout JSONValue, isReady: Bool, isLost: Bool, hasCilium: Bool, timestamp: String
  ) {
    var taints = node[path: "spec", "taints"]?.arrayValue ?? []
    keep(Taint(Taint.notReady, .noSchedule), !isReady && !isLost, in: &taints, timestamp: nil)
    keep(Taint(Taint.notReady, .noExecute), !isReady && !isLost, in: &taints, timestamp: timestamp)
    keep(Taint(Taint.unreachable, .noSchedule), isLost, in: &taints, timestamp: nil)
    keep(Taint(Taint.unreachable, .noExecute), isLost, in: &taints, timestamp: timestamp)
    keep(
      Taint(Taint.unschedulable, .noSchedule), node[path: "spec", "unschedulable"] == true, in: &taints,
      timestamp: timestamp)
    if hasCilium { taints.removeAll { $0["key"]?.stringValue == Taint.ciliumNotReady } }
    let old = node[path: "spec", "taints"]
    if taints != old?.arrayValue ?? [] { node[path: "spec", "taints"] = taints.isEmpty ? nil : .array(taints) }
  }

  private static func keep(_ taint: Taint, _ isWanted: Bool, in taints: inout [JSONValue], timestamp: String?) {
    let index = taints.firstIndex { Taint($0) == taint }
    if isWanted, index == nil {
      var json = taint.json
      json["timeAdded"] = timestamp.map(JSONValue.string)
      taints.append(json)
    } else if !isWanted, let index {
      taints.remove(at: index)
    }
  }
}
