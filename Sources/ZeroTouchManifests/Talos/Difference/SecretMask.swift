package import ZeroTouchModel

/// Takes secrets out of a rendering, so that what changed can be shown.
///
/// What a value is decides, not what it looks like: a secret that nobody knows yet is taken out too.
package enum SecretMask {
  private static let same = JSONValue.string(Redactor.mark)
  private static let changed = JSONValue.string("\(Redactor.mark), changed")

  /// Keys that hold a secret wherever they stand.
  private static let secrets: Set = [
    "token", "secret", "key", "secretboxEncryptionSecret", "aescbcEncryptionSecret", "password", "auth",
    "identityToken", "privateKey", "presharedKey", "passphrase", "apiToken", "uniqueToken", "content",
  ]
  /// Mappings and lists in which any value may be one.
  private static let carriers: Set = ["env", "variables", "environment", "extraManifestHeaders"]

  /// A document of a machine configuration without its secrets.
  ///
  /// - Parameter other: What stood here before, and a secret that differs from it says so; nil where a change is not to
  ///   be marked.
  package static func masked(_ value: JSONValue, comparedTo other: JSONValue?) -> JSONValue {
    switch value {
    case .object(let members):
      if isSecretManifest(value) { return ["name": members["name"] ?? "", "contents": hidden(value, other)] }
      return mapped(members, other) { key, member, before in
        secrets.contains(key) || carriers.contains(key) ? hidden(member, before) : masked(member, comparedTo: before)
      }
    case .array(let elements): return mapped(elements, other) { masked($0, comparedTo: $1) }
    case .string(let text): return masked(text, other)
    default: return value
    }
  }

  /// An object for Kubernetes with the contents of every Secret in it taken out; its name stays.
  static func masked(manifest value: JSONValue, comparedTo other: JSONValue?) -> JSONValue {
    switch value {
    case .object(let members):
      guard isSecret(value) else { return mapped(members, other) { masked(manifest: $1, comparedTo: $2) } }
      return [
        "kind": members["kind"] ?? "", "metadata": ["name": value[path: "metadata", "name"] ?? ""],
        "contents": hidden(value, other),
      ]
    case .array(let elements): return mapped(elements, other) { masked(manifest: $0, comparedTo: $1) }
    case .string(let text): return masked(text, other)
    default: return value
    }
  }

  /// Whether a text of manifests holds a Secret, on its own or inside of something else; one that cannot be read may.
  static func mayHoldSecret(_ manifests: String) -> Bool {
    guard let documents = try? YAMLDocuments.parse(manifests, file: "") else { return true }
    return documents.contains(where: holdsSecret)
  }

  private static func holdsSecret(_ value: JSONValue) -> Bool {
    switch value {
    case .object(let members): isSecret(value) || members.values.contains(where: holdsSecret)
    case .array(let elements): elements.contains(where: holdsSecret)
    default: false
    }
  }

  private static func isSecret(_ value: JSONValue) -> Bool {
    ["Secret", "SecretList"].contains(value["kind"]?.stringValue ?? "")
  }

  /// An inline manifest with a Secret in it.
  private static func isSecretManifest(_ value: JSONValue) -> Bool {
    value["contents"]?.stringValue.map(mayHoldSecret) ?? false
  }

  private static func hidden(_ value: JSONValue, _ other: JSONValue?) -> JSONValue {
    if value == "" { return "" }
    guard let other else { return same }
    return value == other ? same : changed
  }

  /// A text whose addresses keep what leads to them, not what opens them.
  private static func masked(_ text: String, _ other: JSONValue?) -> JSONValue {
    let mark = Redactor.mark
    let shown = AddressMask.masked(text, mark: mark)
    guard shown != text, let before = other?.stringValue, before != text,
      AddressMask.masked(before, mark: mark) == shown
    else { return .string(shown) }
    return .string("\(shown), changed")
  }

  private static func mapped(
    _ members: [String: JSONValue], _ other: JSONValue?, _ mask: (String, JSONValue, JSONValue?) -> JSONValue
  ) -> JSONValue {
    var result: [String: JSONValue] = [:]
    for (key, member) in members.sorted(by: { $0.key < $1.key }) {
      let before = other.map { $0[key] ?? .null }
      result[AddressMask.masked(key, mark: Redactor.mark)] = mask(key, member, before)
    }
    return .object(result)
  }

  private static func mapped(
    _ elements: [JSONValue], _ other: JSONValue?, _ mask: (JSONValue, JSONValue?) -> JSONValue
  ) -> JSONValue {
    let before = other?.arrayValue ?? []
    return .array(
      elements.enumerated().map { index, element in
        mask(element, other == nil ? nil : before.indices.contains(index) ? before[index] : .null)
      })
  }
}
