import ZeroTouchManifests
import ZeroTouchModel

/// Finds the Secrets that a custom object or a chart's values name, by the way people name such fields.
struct SecretReferenceScan {
  private(set) var needs: [Need] = []
  private let namespace: String?
  private static let deepest = 12

  /// Fields that name a Secret which the object makes, not one that it needs.
  private static let products: Set<String> = [
    "writeConnectionSecretToRef", "publishConnectionDetailsTo", "privateKeySecretRef", "target",
    "writeConnectionSecretsToRef", "connectionSecret",
  ]

  init(_ manifest: Manifest, _ namespace: String?) {
    self.namespace = namespace
    if let spec = manifest["spec"] { scan(spec, ["spec"]) }
  }

  /// - Parameter path: Where the node stands in its object.
  init(_ node: LocatedYAML, at path: [String], _ namespace: String?) {
    self.namespace = namespace
    scan(node, path)
  }

  private mutating func scan(_ node: LocatedYAML, _ path: [String]) {
    guard path.count < Self.deepest else { return }
    switch node.content {
    case .scalar: return
    case .sequence(let items): for (index, item) in items.enumerated() { scan(item, path + [String(index)]) }
    case .mapping(let entries):
      for entry in entries where !Self.products.contains(entry.key) {
        if !note(entry, path + [entry.key]) { scan(entry.value, path + [entry.key]) }
      }
    }
  }

  /// Whether the entry names a Secret; then there is nothing more to look for in it.
  private mutating func note(_ entry: LocatedYAML.Entry, _ path: [String]) -> Bool {
    let key = entry.key.lowercased()
    if key.hasSuffix("secretref") || key == "secretkeyref" || key.hasSuffix("secretkeyselector") {
      guard let name = entry.value["name"]?.text, !name.isEmpty, entry.value["optional"]?.scalar != .bool(true) else {
        return false
      }
      needs.append(Need(.secret(name, in: entry.value["namespace"]?.text ?? namespace), at: path))
      return true
    }
    guard ["existingsecret", "apikeysecret", "secretname"].contains(key), let name = entry.value.text, !name.isEmpty
    else { return false }
    needs.append(Need(.secret(name, in: namespace), at: path))
    return true
  }
}
