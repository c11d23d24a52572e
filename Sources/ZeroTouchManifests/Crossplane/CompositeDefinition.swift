package import ZeroTouchModel

/// A `CompositeResourceDefinition` that offers claims: what an API of the platform is called and takes.
package struct CompositeDefinition: Sendable, Hashable {
  package let name: String
  package let group: String
  package let compositeKind: String
  package let claimKind: String
  package let defaultComposition: String
  /// The version that composites have.
  package let version: String
  /// What people write, without what Crossplane adds.
  package let schema: ObjectSchema

  package static let kind = "CompositeResourceDefinition"

  package var apiVersion: String { "\(group)/\(version)" }

  package init(_ manifest: JSONValue) throws(CompositionFailure) {
    let input = FunctionInput(value: manifest, place: "")
    guard manifest["apiVersion"] == "apiextensions.crossplane.io/v1" else {
      throw CompositionFailure("only definitions of `apiextensions.crossplane.io/v1` offer claims")
    }
    name = try input.demand("metadata").demand("name").text()
    let spec = try input.demand("spec")
    group = try spec.demand("group").text()
    compositeKind = try spec.demand("names").demand("kind").text()
    claimKind = try spec.demand("claimNames").demand("kind").text()
    let plural = try spec.demand("names").demand("plural").text()
    guard name == "\(plural).\(group)" else { throw input.failure("the name is not `\(plural).\(group)`") }
    defaultComposition = try spec.demand("defaultCompositionRef").demand("name").text()
    var chosen: [FunctionInput] = []
    for version in try spec.demand("versions").elements() where version.value["referenceable"] == true {
      chosen.append(version)
    }
    guard chosen.count == 1 else { throw spec.failure("exactly one version has to be referenceable") }
    version = try chosen[0].demand("name").text()
    schema = ObjectSchema(try chosen[0].demand("schema").demand("openAPIV3Schema").value)
  }

  /// The schema of claims as the API server holds it: what Crossplane itself reads is added.
  package var claimSchema: ObjectSchema {
    var json = schema.json
    var fields = json[path: "properties", "spec", "properties"] ?? [:]
    for (name, field) in Self.machinery { fields[name] = field }
    json[path: "properties", "spec", "properties"] = fields
    json[path: "properties", "status"] = ["type": "object", "x-kubernetes-preserve-unknown-fields": true]
    json[path: "properties", "apiVersion"] = ["type": "string"]
    json[path: "properties", "kind"] = ["type": "string"]
    json["required"] = ["spec"]
    return ObjectSchema(json)
  }

  /// How long the name of a claim may be. The composite's name is the claim's and six characters, which Crossplane cuts
  /// to 63; a shorter bound of the definition holds for both.
  package var longestName: Int {
    let own = schema.json[path: "properties", "metadata", "properties", "name", "maxLength"]?.intValue ?? 63
    return own < 63 ? own - 6 : 63
  }

  /// The fields of a claim's `spec` that Crossplane reads and no composition does.
  package static let machinery: [String: JSONValue] = [
    "compositionRef": named("The Composition to use in place of the default one."),
    "compositionSelector": labelled, "compositionRevisionRef": named("The revision of the Composition to use."),
    "compositionRevisionSelector": labelled,
    "compositionUpdatePolicy": ["type": "string", "enum": ["Automatic", "Manual"]],
    "compositeDeletePolicy": ["type": "string", "enum": ["Background", "Foreground"]],
    "resourceRef": ["type": "object", "x-kubernetes-preserve-unknown-fields": true],
    "writeConnectionSecretToRef": named("The Secret for connection details."),
  ]

  private static func named(_ text: String) -> JSONValue {
    [
      "type": "object", "description": .string(text), "required": ["name"],
      "properties": ["name": ["type": "string"]],
    ]
  }

  private static let labelled: JSONValue = [
    "type": "object", "required": ["matchLabels"],
    "properties": ["matchLabels": ["type": "object", "additionalProperties": ["type": "string"]]],
  ]
}
