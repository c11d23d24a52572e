import ZeroTouchModel

/// Fields of some resources that an Application does not want compared: one entry of `spec.ignoreDifferences`.
struct IgnoredDifference: Sendable, Hashable {
  let group: String
  let kind: String
  let namespace: String?
  let name: String?
  let paths: [IgnoredPath]
  let managers: [String]
  /// Expressions that go beyond what the world reads.
  let unread: [String]

  init(_ entry: JSONValue) {
    group = entry["group"]?.stringValue ?? ""
    kind = entry["kind"]?.stringValue ?? ""
    namespace = entry["namespace"]?.stringValue
    name = entry["name"]?.stringValue
    managers = (entry["managedFieldsManagers"]?.arrayValue ?? []).compactMap(\.stringValue)
    let pointers = (entry["jsonPointers"]?.arrayValue ?? []).compactMap(\.stringValue).map(IgnoredPath.init(pointer:))
    let expressions = (entry["jqPathExpressions"]?.arrayValue ?? []).compactMap(\.stringValue)
    let read = expressions.map { ($0, IgnoredPath(jq: $0)) }
    paths = pointers + read.compactMap(\.1)
    unread = read.filter { $0.1 == nil }.map(\.0)
  }

  /// Whether the entry speaks of a resource.
  func concerns(_ identity: ResourceIdentity) -> Bool {
    (group == "*" || group == identity.group) && (kind == "*" || kind == identity.kind)
      && (namespace == nil || namespace == identity.namespace) && (name == nil || name == identity.name)
  }
}
