package import ZeroTouchManifests
import ZeroTouchModel

extension MachineConfiguration {
  /// Applies the text of a patch: strategic merge, or JSON 6902 where there is a single document.
  package mutating func apply(patch text: String) throws(ConfigurationProblem) {
    if let operations = try Self.jsonPatch(text) {
      guard documents.count == 1 else {
        throw ConfigurationProblem("JSON6902 patches are not supported for multi-document machine configuration")
      }
      for operation in operations { try apply(operation) }
      return
    }
    for patch in try Self.documents(of: text, allowsDuplicates: true) { merge(patch) }
  }

  /// The operations of a JSON 6902 patch, or nil when the text is something else.
  private static func jsonPatch(_ text: String) throws(ConfigurationProblem) -> [JSONValue]? {
    guard let first = text.first(where: { !$0.isWhitespace }), first == "[" || first == "-" else { return nil }
    guard !text.hasPrefix("---") else { return nil }
    return try parsed(text).first?.arrayValue
  }

  private mutating func apply(_ operation: JSONValue) throws(ConfigurationProblem) {
    let keys = (operation["path"]?.stringValue ?? "").split(separator: "/").map {
      String($0).replacing("~1", with: "/").replacing("~0", with: "~")
    }
    let name = operation["op"]?.stringValue ?? ""
    guard ["add", "replace", "remove"].contains(name), !keys.isEmpty else {
      throw ConfigurationProblem("failure to apply patch: unexpected kind: \(name)")
    }
    documents[0] = try Self.edited(documents[0], keys[...], name == "remove" ? nil : operation["value"] ?? .null)
  }

  private static func edited(
    _ value: JSONValue, _ keys: ArraySlice<String>, _ new: JSONValue?
  ) throws(ConfigurationProblem) -> JSONValue {
    guard let key = keys.first else { return new ?? .null }
    let rest = keys.dropFirst()
    if var elements = value.arrayValue {
      if key == "-", let new { return .array(elements + [new]) }
      guard let index = Int(key), elements.indices.contains(index) else {
        throw ConfigurationProblem("failure to apply patch: unable to access invalid index: \(key)")
      }
      if rest.isEmpty, new == nil {
        elements.remove(at: index)
      } else {
        elements[index] = try edited(elements[index], rest, new)
      }
      return .array(elements)
    }
    var members = value
    if rest.isEmpty {
      members[key] = new
      return members
    }
    guard let child = value[key] else {
      throw ConfigurationProblem("failure to apply patch: doc is missing path: \(key): missing value")
    }
    members[key] = try edited(child, rest, new)
    return members
  }
}
