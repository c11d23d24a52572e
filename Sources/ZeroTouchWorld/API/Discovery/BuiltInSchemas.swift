import ZeroTouchModel

/// Schemas of built-in kinds, as far as the server describes them.
enum BuiltInSchemas {
  private static let metadataName = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"

  /// What every kind has.
  static let typeProperties: [(String, JSONValue)] = [
    ("apiVersion", ["type": "string", "description": "The versioned schema of this representation of the object."]),
    ("kind", ["type": "string", "description": "The REST resource this object represents."]),
    (
      "metadata",
      [
        "description": "Standard object's metadata.", "default": [:],
        "allOf": [["$ref": "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"]],
      ]
    ),
  ]

  /// The schema of a kind.
  static func schema(of kind: String, into schemas: inout [String: JSONValue]) -> JSONValue {
    ["description": .string("\(kind) is a built-in kind."), "x-kubernetes-preserve-unknown-fields": true]
  }

  /// Adds the schema of metadata that all kinds share.
  static func addMetadata(to schemas: inout [String: JSONValue]) {
    let text: JSONValue = ["type": "string"]
    let texts: JSONValue = ["type": "object", "additionalProperties": text]
    schemas[metadataName] = [
      "type": "object", "description": "Metadata that all persisted resources must have.",
      "properties": [
        "name": text, "generateName": text, "namespace": text, "uid": text, "resourceVersion": text,
        "generation": ["type": "integer", "format": "int64"], "creationTimestamp": text, "deletionTimestamp": text,
        "deletionGracePeriodSeconds": ["type": "integer", "format": "int64"], "labels": texts, "annotations": texts,
        "finalizers": ["type": "array", "items": text],
        "ownerReferences": ["type": "array", "items": ["type": "object"]],
        "managedFields": ["type": "array", "items": ["type": "object"]], "selfLink": text,
      ],
    ]
  }
}
