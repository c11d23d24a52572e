extension JSONValue {
  /// The entry of `ownerReferences` that names the one object that looks after another.
  package static func controllerReference(
    apiVersion: String, kind: String, name: String, uid: JSONValue?
  ) -> JSONValue {
    var reference: JSONValue = [
      "apiVersion": .string(apiVersion), "kind": .string(kind), "name": .string(name), "controller": true,
      "blockOwnerDeletion": true,
    ]
    reference["uid"] = uid
    return reference
  }
}
