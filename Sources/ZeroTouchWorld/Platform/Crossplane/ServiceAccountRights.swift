import ZeroTouchModel

/// What a ServiceAccount may do, as the roles bound to it say.
struct ServiceAccountRights {
  private let user: UserInfo
  private var rules: [String: [JSONValue]] = [:]

  init(_ name: String, in namespace: String) {
    user = UserInfo(
      name: "system:serviceaccount:\(namespace):\(name)",
      groups: ["system:serviceaccounts", "system:serviceaccounts:\(namespace)", "system:authenticated"])
  }

  /// Refuses to write a manifest where a right is missing, in the API server's words.
  mutating func check(_ manifest: JSONValue, in world: World) throws(APIFailure) {
    guard
      let type = world.registry.type(
        apiVersion: manifest["apiVersion"]?.stringValue ?? "", kind: manifest["kind"]?.stringValue ?? "")
    else { return }
    let key = type.key(
      manifest[path: "metadata", "namespace"]?.stringValue ?? "default",
      manifest[path: "metadata", "name"]?.stringValue ?? "")
    // A server-side apply patches, and creates where there is nothing to patch.
    for verb in ["patch"] + (world.objects[key] == nil ? ["create"] : []) { try check(verb, key, in: world) }
  }

  /// Refuses to do something with an object where the right is missing.
  mutating func check(_ verb: String, _ key: ObjectKey, in world: World) throws(APIFailure) {
    let access = AccessRequest(
      user,
      [
        "verb": .string(verb), "group": .string(key.resource.group), "resource": .string(key.resource.resource),
        "namespace": .string(key.namespace), "name": .string(key.name),
      ])
    let known = rules[key.namespace] ?? world.rules(of: user, in: key.namespace)
    rules[key.namespace] = known
    guard known.contains(where: { World.allows($0, access) }) else { throw access.refusal }
  }
}
