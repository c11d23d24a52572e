package import ZeroTouchModel

/// Takes secrets out of two renderings of the same file, so that what changed can be shown.
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

  /// Both values without their secrets; a secret that differs says so on the newer side.
  package static func masked(_ old: JSONValue, _ new: JSONValue) -> (old: JSONValue, new: JSONValue) {
    (mask(old, comparedTo: nil), mask(new, comparedTo: .some(old)))
  }

  /// - Parameter other: What stood here before; nil where a change is not to be marked.
  private static func mask(_ value: JSONValue, comparedTo other: JSONValue?) -> JSONValue {
    switch value {
    case .object(let members):
      if isSecretManifest(value) { return ["name": members["name"] ?? "", "contents": hidden(value, other)] }
      return .object(
        Dictionary(
          uniqueKeysWithValues: members.map { key, member in
            let before = other.map { $0[key] ?? .null }
            let isHidden = secrets.contains(key) || carriers.contains(key)
            return (key, isHidden ? hidden(member, before) : mask(member, comparedTo: before))
          }))
    case .array(let elements):
      let before = other?.arrayValue ?? []
      return .array(
        elements.enumerated().map { index, element in
          mask(element, comparedTo: other == nil ? nil : before.indices.contains(index) ? before[index] : .null)
        })
    default: return value
    }
  }

  private static func hidden(_ value: JSONValue, _ other: JSONValue?) -> JSONValue {
    if value == "" { return "" }
    guard let other else { return same }
    return value == other ? same : changed
  }

  /// An inline manifest with a Secret in it.
  private static func isSecretManifest(_ value: JSONValue) -> Bool {
    guard value["name"] != nil, let contents = value["contents"]?.stringValue else { return false }
    return contents.split(separator: "\n").contains { $0.hasPrefix("kind: Secret") }
  }
}
