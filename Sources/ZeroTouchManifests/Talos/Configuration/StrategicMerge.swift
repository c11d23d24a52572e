import ZeroTouchModel

/// Talos's strategic merge, measured on 1.12 and 1.13: lists append, with a few exceptions by field.
enum StrategicMerge {
  /// Fields that a patch replaces as a whole.
  private static let replaced: Set = ["podSubnets", "serviceSubnets", "auditPolicy", "ingress", "ports"]
  /// Mappings whose values a patch replaces as a whole, lists included.
  private static let shallow: Set = ["extraArgs"]
  /// Lists whose items merge when they agree on one of these keys.
  private static let keyed = [
    "interfaces": ["interface", "deviceSelector"], "vlans": ["vlanId"], "admissionControl": ["name"],
    "configFiles": ["mountPath"],
  ]

  static func merged(
    _ base: JSONValue, _ patch: JSONValue, content: TalosFields.Content, field: String
  ) -> JSONValue {
    if replaced.contains(field) { return withoutDirectives(patch) }
    switch (base, patch) {
    case (.object(let old), .object(let new)):
      return merged(old, new, content: content, isShallow: shallow.contains(field))
    case (.array(let old), .array(let new)): return .array(merged(old, new, content: content, field: field))
    default: return withoutDirectives(patch)
    }
  }

  private static func merged(
    _ old: [String: JSONValue], _ new: [String: JSONValue], content: TalosFields.Content, isShallow: Bool
  ) -> JSONValue {
    var result = old
    for (key, value) in new where key != "$patch" {
      if value["$patch"] == "delete" {
        result[key] = nil
      } else if value.isNull {
        // An absent value in Go's types: it changes nothing.
        continue
      } else if let current = result[key], !isShallow {
        result[key] = merged(current, value, content: self.content(of: key, in: content), field: key)
      } else {
        result[key] = withoutDirectives(value)
      }
    }
    return .object(result)
  }

  private static func merged(
    _ old: [JSONValue], _ new: [JSONValue], content: TalosFields.Content, field: String
  ) -> [JSONValue] {
    var result = old
    for item in new where item["$patch"] == "delete" {
      let wanted = (item.objectValue ?? [:]).filter { $0.key != "$patch" }
      result.removeAll { element in wanted.allSatisfy { element[$0.key] == $0.value } }
    }
    let element: TalosFields.Content = if case .list(let inner) = content { inner } else { .mapping }
    for item in new where item["$patch"] != "delete" {
      let index = (keyed[field] ?? []).lazy.compactMap { key in
        item[key].flatMap { wanted in result.firstIndex { $0[key] == wanted } }
      }.first
      if let index {
        result[index] = merged(result[index], item, content: element, field: "")
      } else {
        result.append(withoutDirectives(item))
      }
    }
    return result
  }

  private static func content(of key: String, in content: TalosFields.Content) -> TalosFields.Content {
    guard case .type(let name) = content else { return .mapping }
    return TalosFields.current.fields(of: name)?.first { $0.name == key }?.content ?? .mapping
  }

  /// A value without the entries that only say what to delete.
  static func withoutDirectives(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(let members):
      .object(members.filter { $0.value["$patch"] != "delete" && $0.key != "$patch" }.mapValues(withoutDirectives))
    case .array(let elements): .array(elements.filter { $0["$patch"] != "delete" }.map(withoutDirectives))
    default: value
    }
  }
}
