import ZeroTouchModel

extension Array where Element == JSONValue {
  /// Sets a condition among others: its place stays, and its transition time unless the status changes.
  mutating func setCondition(_ condition: JSONValue, timestamp: String) {
    var condition = condition
    let index = firstIndex { $0["type"] == condition["type"] }
    let current = index.map { self[$0] }
    let unchanged = current?["status"] == condition["status"]
    condition["lastTransitionTime"] = (unchanged ? current?["lastTransitionTime"] : nil) ?? .string(timestamp)
    if let index { self[index] = condition } else { append(condition) }
  }
}
