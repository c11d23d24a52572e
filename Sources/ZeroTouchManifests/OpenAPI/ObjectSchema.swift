package import ZeroTouchModel

/// The structural schema of a kind, as a CustomResourceDefinition or a CompositeResourceDefinition holds it.
package struct ObjectSchema: Sendable, Hashable {
  package let json: JSONValue
  /// Whether it is part of an alternative, which says nothing about the fields that it does not name, at any depth.
  private let isPartial: Bool

  package init(_ json: JSONValue) { self.init(json, isPartial: false) }

  private init(_ json: JSONValue, isPartial: Bool) {
    self.json = json
    self.isPartial = isPartial
  }

  /// The schema of something inside of what this one describes.
  func inner(_ json: JSONValue) -> ObjectSchema { ObjectSchema(json, isPartial: isPartial) }
  /// A form that the value may have, or has to have, beside this schema.
  static func form(_ json: JSONValue) -> ObjectSchema { ObjectSchema(json, isPartial: true) }

  var properties: [String: JSONValue] { json["properties"]?.objectValue ?? [:] }
  var keepsUnknown: Bool { isPartial || json["x-kubernetes-preserve-unknown-fields"]?.boolValue ?? false }
  var isIntOrString: Bool { json["x-kubernetes-int-or-string"]?.boolValue ?? false }

  /// The schema of the members that are not declared; nil where there may be none, or any.
  var extra: ObjectSchema? {
    guard let extra = json["additionalProperties"], extra.objectValue != nil else { return nil }
    return inner(extra)
  }

  /// What the field is, in the words of the schema.
  var description: String? { json["description"]?.stringValue }

  /// The value with the defaults that the schema has.
  package func defaulted(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(var members):
      for (name, property) in properties {
        let schema = ObjectSchema(property)
        if members[name]?.isNull ?? true, let initial = property["default"] { members[name] = initial }
        if let member = members[name] { members[name] = schema.defaulted(member) }
      }
      if let extra {
        for (name, member) in members where properties[name] == nil { members[name] = extra.defaulted(member) }
      }
      return .object(members)
    case .array(let elements):
      guard let items = json["items"] else { return value }
      return .array(elements.map(ObjectSchema(items).defaulted))
    default: return value
    }
  }
}
