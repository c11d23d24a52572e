import ZeroTouchModel

/// RFC 7386: members replace, null removes, everything but objects is one value.
enum MergePatch {
  static func apply(_ patch: JSONValue, to target: JSONValue) -> JSONValue {
    guard case .object(let changes) = patch else { return patch }
    var members = target.objectValue ?? [:]
    for (name, change) in changes {
      members[name] = change.isNull ? nil : apply(change, to: members[name] ?? .null)
    }
    return .object(members)
  }
}
