import ZeroTouchModel

extension World {
  /// Where the object a manifest means lives; nil while its kind is not served.
  func key(of identity: ResourceIdentity) -> ObjectKey? {
    registry.type(group: identity.group, kind: identity.kind)?.key(identity.namespace, identity.name)
  }

  /// Whether the server knows the kind in the version the manifest uses.
  func serves(_ identity: ResourceIdentity) -> Bool {
    registry.type(apiVersion: GroupVersion(identity.group, identity.version).description, kind: identity.kind) != nil
  }

  /// How Argo CD names a stored object.
  func identity(of key: ObjectKey, _ object: JSONValue) -> ResourceIdentity {
    let version = GroupVersion(apiVersion: object["apiVersion"]?.stringValue ?? "").version
    return ResourceIdentity(
      group: key.resource.group, version: version, kind: object["kind"]?.stringValue ?? "", namespace: key.namespace,
      name: key.name)
  }

  /// The Application an object says it belongs to, if it is the object that was marked and not a copy of its labels.
  func trackedBy(_ key: ObjectKey, _ object: JSONValue) -> String? {
    guard let id = object.annotation(ArgoCDNames.trackingID), let colon = id.firstIndex(of: ":") else { return nil }
    let application = String(id[..<colon])
    return identity(of: key, object).trackingID(of: application) == id ? application : nil
  }
}
