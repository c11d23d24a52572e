import ZeroTouchModel

/// The OpenAPI v3 documents: what may be sent where, and the schemas of kinds that have one.
struct OpenAPIDocuments {
  private let registry: ResourceRegistry

  init(_ registry: ResourceRegistry) { self.registry = registry }

  /// The index of all documents; a document's URL changes with its content.
  var index: JSONValue {
    var paths: [String: JSONValue] = [:]
    for group in registry.groups {
      for version in registry.versions(of: group) {
        let path = Self.root(GroupVersion(group, version))
        let hash = String(registry.fingerprint, radix: 16)
        paths[String(path.dropFirst())] = ["serverRelativeURL": .string("/openapi/v3\(path)?hash=\(hash)")]
      }
    }
    return ["paths": .object(paths)]
  }

  /// The document of one version of a group.
  func document(_ groupVersion: GroupVersion) -> JSONValue {
    var paths: [String: JSONValue] = [:]
    var schemas: [String: JSONValue] = [:]
    for type in registry.types(in: groupVersion) {
      let name = Self.schemaName(type.kind, groupVersion)
      let kind: JSONValue = [
        "group": .string(groupVersion.group), "version": .string(groupVersion.version), "kind": .string(type.kind),
      ]
      schemas[name] = schema(type, groupVersion.version, kind, &schemas)
      let place = type.isNamespaced ? "/namespaces/{namespace}/" : "/"
      let path = Self.root(groupVersion) + place + type.id.resource
      paths[path] = Self.operations(["get", "post"], kind, name)
      paths[path + "/{name}"] = Self.operations(["get", "put", "patch", "delete"], kind, name)
    }
    return [
      "openapi": "3.0.0", "info": ["title": "Kubernetes", "version": .string("unversioned")],
      "paths": .object(paths), "components": ["schemas": .object(schemas)],
    ]
  }

  private func schema(
    _ type: ResourceType, _ version: String, _ kind: JSONValue, _ schemas: inout [String: JSONValue]
  ) -> JSONValue {
    var schema = type.version(version)?.schema ?? BuiltInSchemas.schema(of: type.kind, into: &schemas)
    schema["type"] = "object"
    for (name, property) in BuiltInSchemas.typeProperties
    where schema[path: "properties", name]?["type"] == nil
      || name == "metadata"
    {
      schema[path: "properties", name] = property
    }
    BuiltInSchemas.addMetadata(to: &schemas)
    schema["x-kubernetes-group-version-kind"] = .array([kind])
    return schema
  }

  private static func operations(_ methods: [String], _ kind: JSONValue, _ schema: String) -> JSONValue {
    let content: JSONValue = [
      "application/json": ["schema": ["$ref": .string("#/components/schemas/\(schema)")]]
    ]
    var item: JSONValue = [:]
    for method in methods {
      item[method] = [
        "x-kubernetes-action": .string(method), "x-kubernetes-group-version-kind": kind,
        "parameters": method == "get" ? [] : writeParameters,
        "responses": ["200": ["description": "OK", "content": content]],
      ]
    }
    return item
  }

  private static let writeParameters: JSONValue = .array(
    [("dryRun", "string"), ("fieldManager", "string"), ("fieldValidation", "string"), ("force", "boolean")].map {
      ["name": .string($0.0), "in": "query", "schema": ["type": .string($0.1), "uniqueItems": true]]
    })

  private static func root(_ groupVersion: GroupVersion) -> String {
    groupVersion.group.isEmpty ? "/api/\(groupVersion.version)" : "/apis/\(groupVersion)"
  }

  /// The name of a kind among the schemas: its group backwards, version and kind.
  private static func schemaName(_ kind: String, _ groupVersion: GroupVersion) -> String {
    let group =
      groupVersion.group.isEmpty ? ["core"] : groupVersion.group.split(separator: ".").reversed().map(String.init)
    return (group + [groupVersion.version, kind]).joined(separator: ".")
  }
}
