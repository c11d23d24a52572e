import ZeroTouchModel

extension World {
  /// Changes an object by the patch a client sent.
  mutating func patch(
    _ request: APIRequest, _ write: inout ObjectWrite
  ) throws(APIFailure) -> (object: JSONValue, created: Bool) {
    if request.contentType == "application/apply-patch+yaml" {
      write.operation = "Apply"
      guard let manager = request.first("fieldManager"), !manager.isEmpty else {
        throw .badRequest(
          "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch")
      }
      return try applyPatch(try request.yaml(), write, force: request.flag("force"))
    }
    try checkPatchType(request, write.type)
    let current = try read(write.key)
    let shown = write.type.served(current, as: write.version)
    let patched = AutoscalerVersions.converted(try self.patched(shown, request, write), &write, over: current)
    return (try change(current, to: try pruned(patched, by: try request.document(), &write), write), false)
  }

  /// Merges a manifest on the server; creates the object if it is not there.
  mutating func applyPatch(
    _ sent: JSONValue, _ asked: ObjectWrite, force: Bool
  ) throws(APIFailure) -> (object: JSONValue, created: Bool) {
    try checkApplied(sent, asked)
    var write = asked
    let manifest = AutoscalerVersions.converted(sent, &write)
    try checkTypes(manifest, write)
    let live = objects[write.key]
    if let live, let uid = manifest[path: "metadata", "uid"]?.stringValue {
      try checkPreconditions(["uid": .string(uid)], live, write.key)
    }
    let apply = ServerSideApply(
      shape: write.shape, owner: write.owner, apiVersion: write.apiVersion, time: timestamp)
    var wanted = manifest
    if write.type.hasStatus, write.subresource != "status" { wanted["status"] = nil }
    guard let live else {
      guard write.subresource.isEmpty else { throw .notFound(write.type.id, write.key.name) }
      try admitCreation(write)
      if write.type.isNamespaced { wanted[path: "metadata", "namespace"] = .string(write.key.namespace) }
      var object = try apply.merge(wanted, into: nil, force: force)
      prepareForCreation(&object, write)
      return (try insert(object, write), true)
    }
    let shown = write.type.served(live, as: write.version)
    let merged = try apply.merge(wanted, into: shown, force: force)
    var object = try admitChange(live, merged.withoutRevision, write)
    object[path: "metadata", "managedFields"] = merged[path: "metadata", "managedFields"]
    return (try store(object, over: live, write), false)
  }

  /// Refuses a manifest that is not of the kind and the name of what it is applied to.
  private func checkApplied(_ manifest: JSONValue, _ write: ObjectWrite) throws(APIFailure) {
    let kind = "\(write.apiVersion), Kind=\(write.type.kind)"
    guard manifest["kind"]?.stringValue == write.type.kind, manifest["apiVersion"]?.stringValue == write.apiVersion
    else { throw .badRequest("the object provided is unrecognized (must be of type \(kind))") }
    try checkNamespace(of: manifest, write)
    if let name = manifest[path: "metadata", "name"]?.stringValue, name != write.key.name {
      throw .badRequest("the name of the object (\(name)) does not match the name on the URL (\(write.key.name))")
    }
    if manifest[path: "metadata", "managedFields"]?.arrayValue?.isEmpty == false {
      throw .badRequest("metadata.managedFields must be nil")
    }
  }

  /// Refuses a manifest with a field that the schema does not know, or a value of another type.
  private func checkTypes(_ manifest: JSONValue, _ write: ObjectWrite) throws(APIFailure) {
    guard let schema = write.type.schema(version: write.version),
      let problem = StructuralSchema(schema).typeProblem(of: manifest.withoutNulls)
    else { return }
    let version = GroupVersion(write.type.id.group, write.spokenVersion)
    let place = "\(write.key.namespace)/\(write.key.name); \(version), Kind=\(write.type.kind)"
    // The API server gives this failure no reason.
    throw APIFailure(
      status: 500, reason: "", message: "failed to create typed patch object (\(place)): \(problem)")
  }

  private func checkPatchType(_ request: APIRequest, _ type: ResourceType) throws(APIFailure) {
    let strategic = type.isCustom ? [] : ["application/strategic-merge-patch+json"]
    let known =
      ["application/json-patch+json", "application/merge-patch+json"] + strategic + ["application/apply-patch+yaml"]
    if !known.contains(request.contentType) { throw .unsupportedMediaType(known) }
  }

  private func patched(
    _ object: JSONValue, _ request: APIRequest, _ write: ObjectWrite
  ) throws(APIFailure) -> JSONValue {
    switch request.contentType {
    case "application/merge-patch+json":
      return MergePatch.apply(try request.document(), to: object)
    case "application/json-patch+json":
      return try JSONPatch(try request.document(), of: write.type, write.key.name).apply(to: object)
    case "application/strategic-merge-patch+json" where !write.type.isCustom:
      return try StrategicMergePatch(kind: write.type.kind).apply(try request.document(), to: object)
    default: return object
    }
  }
}

extension JSONValue {
  /// The object without the revision its sender saw.
  fileprivate var withoutRevision: JSONValue {
    var object = self
    object[path: "metadata", "resourceVersion"] = nil
    return object
  }
}
