import ZeroTouchManifests
import ZeroTouchModel

/// The schema that Crossplane makes of the one in a CompositeResourceDefinition: only `spec` and `status` are taken over.
struct CompositeSchema: Sendable {
  /// What a kind is that a definition brings.
  enum Role: Sendable, Hashable {
    case claim
    /// A composite that keeps what Crossplane needs directly under `spec`.
    case legacyComposite
    /// A composite that keeps it under `spec.crossplane`.
    case composite
  }

  let json: JSONValue

  init(_ own: JSONValue, for role: Role) {
    let spec = own[path: "properties", "spec"] ?? [:]
    var fields = spec["properties"] ?? [:]
    for (name, field) in Self.machinery(of: role) { fields[name] = field }
    var wanted = spec
    wanted["type"] = "object"
    wanted["properties"] = fields
    var status = own[path: "properties", "status"] ?? [:]
    status["type"] = "object"
    // What Crossplane itself writes there is not spelled out.
    status["x-kubernetes-preserve-unknown-fields"] = true
    var name: JSONValue = own[path: "properties", "metadata", "properties", "name"] ?? ["maxLength": 63]
    name["type"] = "string"
    var whole: JSONValue = [
      "type": "object", "required": ["spec"],
      "properties": [
        "apiVersion": ["type": "string"], "kind": ["type": "string"],
        "metadata": ["type": "object", "properties": ["name": name]], "spec": wanted, "status": status,
      ],
    ]
    for field in ["description", "x-kubernetes-validations"] { whole[field] = own[field] }
    json = whole
  }

  private static func machinery(of role: Role) -> [String: JSONValue] {
    if role == .claim { return CompositeDefinition.machinery }
    var fields = CompositeDefinition.machinery
    fields["compositeDeletePolicy"] = nil
    fields["resourceRef"] = nil
    fields["resourceRefs"] = [
      "type": "array", "items": ["type": "object", "x-kubernetes-preserve-unknown-fields": true],
    ]
    guard role == .legacyComposite else {
      fields["writeConnectionSecretToRef"] = nil
      return ["crossplane": ["type": "object", "properties": .object(fields)]]
    }
    fields["claimRef"] = reference(["apiVersion", "kind", "namespace", "name"])
    fields["writeConnectionSecretToRef"] = reference(["name", "namespace"])
    return fields
  }

  private static func reference(_ names: [String]) -> JSONValue {
    [
      "type": "object", "required": .array(names.map(JSONValue.string)),
      "properties": .object(Dictionary(uniqueKeysWithValues: names.map { ($0, ["type": "string"]) })),
    ]
  }

  /// The columns that `kubectl get` shows behind the definition's own.
  static func columns(of role: Role) -> [JSONValue] {
    func column(_ name: String, _ path: String, _ type: String = "string") -> JSONValue {
      ["name": .string(name), "type": .string(type), "jsonPath": .string(path)]
    }
    let between =
      switch role {
      case .claim: column("CONNECTION-SECRET", ".spec.writeConnectionSecretToRef.name")
      case .legacyComposite: column("COMPOSITION", ".spec.compositionRef.name")
      case .composite: column("COMPOSITION", ".spec.crossplane.compositionRef.name")
      }
    return [
      column("SYNCED", ".status.conditions[?(@.type=='Synced')].status"),
      column("READY", ".status.conditions[?(@.type=='Ready')].status"), between,
      column("AGE", ".metadata.creationTimestamp", "date"),
    ]
  }
}
