import ZeroTouchModel

extension World {
  /// Whether the roles bound to a user allow a request.
  func allows(_ access: AccessRequest) -> Bool {
    if access.user.groups.contains("system:masters") { return true }
    return rules(of: access.user, in: access.namespace).contains { Self.allows($0, access) }
  }

  /// The rules bound to a user: those of the whole cluster, and those of a namespace.
  func rules(of user: UserInfo, in namespace: String) -> [JSONValue] {
    var bindings = objects.list(.clusterRoleBindings).map(\.object)
    if !namespace.isEmpty { bindings += objects.list(.roleBindings, namespace: namespace).map(\.object) }
    return bindings.flatMap { binding -> [JSONValue] in
      let home = binding[path: "metadata", "namespace"]?.stringValue ?? ""
      let subjects = binding["subjects"]?.arrayValue ?? []
      guard subjects.contains(where: { user.isMeant(by: $0, in: home) }) else { return [] }
      return rules(of: binding["roleRef"] ?? [:], in: home)
    }
  }

  private func rules(of role: JSONValue, in namespace: String) -> [JSONValue] {
    let name = role["name"]?.stringValue ?? ""
    let isCluster = role["kind"] == "ClusterRole"
    let key = isCluster ? ObjectKey(.clusterRoles, name) : ObjectKey(.roles, namespace, name)
    return objects[key]?["rules"]?.arrayValue ?? []
  }

  static func allows(_ rule: JSONValue, _ access: AccessRequest) -> Bool {
    func holds(_ list: String, _ wanted: Set<String>) -> Bool {
      (rule[list]?.arrayValue ?? []).contains { $0.stringValue.map(wanted.contains) ?? false }
    }
    let subresource = access.resource.split(separator: "/").dropFirst().first
    var resources: Set = ["*", access.resource]
    if let subresource { resources.insert("*/\(subresource)") }
    guard holds("verbs", ["*", access.verb]), holds("apiGroups", ["*", access.group]), holds("resources", resources)
    else { return false }
    let names = rule["resourceNames"]?.arrayValue ?? []
    return names.isEmpty || names.contains(.string(access.name))
  }
}
