import ZeroTouchModel

/// A kind that an operator defines while it runs, as much of it as the server needs.
struct CustomKind: Sendable, Hashable {
  let group: String
  let kind: String
  let plural: String
  var isNamespaced = false
  /// The version objects are stored in comes first.
  var versions: [String]
  var shortNames: [String] = []
  var categories: [String] = []
  var hasStatus = true
  /// The fields of `spec` that a version fills in where nothing is said.
  var defaults: [String: [String: String]] = [:]

  /// What a version's objects are held against; without it every field is let through.
  var schemas: [String: JSONValue] = [:]
  /// What a version's list shows beside the name.
  var columns: [String: [JSONValue]] = [:]

  var name: String { "\(plural).\(group)" }

  /// The definition of the kind.
  var definition: JSONValue {
    var names: JSONValue = [
      "kind": .string(kind), "plural": .string(plural), "singular": .string(kind.lowercased()),
      "listKind": .string("\(kind)List"),
    ]
    if !shortNames.isEmpty { names["shortNames"] = .array(shortNames.map(JSONValue.string)) }
    if !categories.isEmpty { names["categories"] = .array(categories.map(JSONValue.string)) }
    return [
      "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
      "metadata": ["name": .string(name)],
      "spec": [
        "group": .string(group), "scope": isNamespaced ? "Namespaced" : "Cluster", "names": names,
        "versions": .array(
          versions.enumerated().map { index, version in
            .members([
              "name": .string(version), "served": true, "storage": .bool(index == 0),
              "schema": ["openAPIV3Schema": schema(of: version)], "subresources": hasStatus ? ["status": [:]] : nil,
              "additionalPrinterColumns": columns[version].map(JSONValue.array),
            ])
          }),
      ],
    ]
  }

  private func schema(of version: String) -> JSONValue {
    if let schema = schemas[version] { return schema }
    var schema: JSONValue = ["type": "object", "x-kubernetes-preserve-unknown-fields": true]
    guard let fields = defaults[version] else { return schema }
    schema[path: "properties", "spec"] = [
      "type": "object", "x-kubernetes-preserve-unknown-fields": true,
      "properties": .object(fields.mapValues { ["type": "string", "default": .string($0)] }),
    ]
    return schema
  }
}
