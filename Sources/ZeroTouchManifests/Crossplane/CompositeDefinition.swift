package import ZeroTouchModel

/// A `CompositeResourceDefinition`: what an API of the platform is called and takes.
package struct CompositeDefinition: Sendable, Hashable {
  package let name: String
  package let group: String
  package let compositeKind: String
  /// What people write: the claim, or the composite itself where the definition has no claims.
  package let claimKind: String
  package let hasClaims: Bool
  /// Nil where it names none: then the one Composition for its kind counts.
  package let defaultComposition: String?
  /// Whether composites keep what Crossplane reads below `spec.crossplane`.
  package let isModern: Bool
  /// The version that composites have, or the one that was asked for.
  package let version: String
  /// Every version that the API server takes.
  package let servedVersions: [String]
  /// The keys of the Secret with a composite's connection; none where it never gets one.
  package let connectionKeys: [String]
  /// What people write, without what Crossplane adds.
  package let schema: ObjectSchema

  package static let kind = "CompositeResourceDefinition"

  package var apiVersion: String { "\(group)/\(version)" }

  /// - Parameter version: The version to read; that of composites where none is named.
  package init(_ manifest: JSONValue, version wanted: String? = nil) throws(CompositionFailure) {
    let input = FunctionInput(value: manifest, place: "")
    let apiVersion = manifest["apiVersion"]?.stringValue ?? ""
    guard ["apiextensions.crossplane.io/v1", "apiextensions.crossplane.io/v2"].contains(apiVersion) else {
      throw CompositionFailure("`\(apiVersion)` is no version of `apiextensions.crossplane.io` that is known")
    }
    name = try input.demand("metadata").demand("name").text()
    let spec = try input.demand("spec")
    group = try spec.demand("group").text()
    compositeKind = try spec.demand("names").demand("kind").text()
    hasClaims = spec["claimNames"] != nil
    claimKind = try spec["claimNames"]?.demand("kind").text() ?? compositeKind
    let plural = try spec.demand("names").demand("plural").text()
    guard name == "\(plural).\(group)" else { throw input.failure("the name is not `\(plural).\(group)`") }
    defaultComposition = try spec["defaultCompositionRef"]?.demand("name").text()
    let scope = try spec["scope"]?.text() ?? (apiVersion.hasSuffix("/v2") ? "Namespaced" : "LegacyCluster")
    isModern = scope != "LegacyCluster"
    connectionKeys = (spec.value["connectionSecretKeys"]?.arrayValue ?? []).compactMap(\.stringValue)
    let versions = try spec.demand("versions").elements()
    servedVersions = versions.filter { $0.value["served"] == true }.compactMap { $0.value["name"]?.stringValue }
    let chosen = versions.filter { version in
      wanted.map { version.value["name"] == .string($0) } ?? (version.value["referenceable"] == true)
    }
    guard chosen.count == 1 else {
      throw spec.failure(wanted.map { "there is no version `\($0)`" } ?? "exactly one version has to be referenceable")
    }
    version = try chosen[0].demand("name").text()
    schema = ObjectSchema(try chosen[0].demand("schema").demand("openAPIV3Schema").value)
  }

  /// The same, for whoever carries out claims only.
  package func offeringClaims() throws(CompositionFailure) -> CompositeDefinition {
    guard hasClaims, !isModern else {
      throw CompositionFailure("only definitions of `apiextensions.crossplane.io/v1` offer claims")
    }
    guard defaultComposition != nil else { throw CompositionFailure("spec: `defaultCompositionRef` is required") }
    return self
  }

  /// The schema of claims as the API server holds it: what Crossplane itself reads is added.
  package var claimSchema: ObjectSchema { hasClaims ? completed(Self.machinery) : compositeSchema }

  /// The schema of composites as the API server holds it.
  package var compositeSchema: ObjectSchema {
    let open: JSONValue = ["type": "object", "x-kubernetes-preserve-unknown-fields": true]
    if isModern { return completed(["crossplane": open]) }
    let own: [String: JSONValue] = [
      "claimRef": open, "resourceRefs": ["type": "array", "items": open], "writeConnectionSecretToRef": open,
      "publishConnectionDetailsTo": open, "environmentConfigRefs": ["type": "array", "items": open],
    ]
    return completed(Self.machinery.merging(own) { $1 })
  }

  private func completed(_ machinery: [String: JSONValue]) -> ObjectSchema {
    var json = schema.json
    var fields = json[path: "properties", "spec", "properties"] ?? [:]
    for (name, field) in machinery { fields[name] = field }
    json[path: "properties", "spec", "type"] = "object"
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
