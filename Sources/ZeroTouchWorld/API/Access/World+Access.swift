import ZeroTouchModel

extension World {
  /// Whether the roles bound to a user allow a request.
  func allows(_ access: AccessRequest) -> Bool {
    if access.user.groups.contains("system:masters") { return true }
    return rules(of: access.user, in: access.namespace).contains { Self.allows($0, access) }
  }

  /// The rules bound to a user: those of the whole cluster, and those of a namespace.
  func rules(of user: UserInfo, in namespace: String) -> [JSONValue] {
    var bindings = objects.list(Self.rbac("clusterrolebindings")).map(\.object)
    if !namespace.isEmpty { bindings += objects.list(Self.rbac("rolebindings"), namespace: namespace).map(\.object) }
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
    let key = isCluster ? ObjectKey(Self.rbac("clusterroles"), name) : ObjectKey(Self.rbac("roles"), namespace, name)
    guard let object = objects[key] else { return [] }
    let selectors = object[path: "aggregationRule", "clusterRoleSelectors"]?.arrayValue ?? []
    let parts = selectors.map(LabelSelector.init(object:)).flatMap { selector in
      objects.list(key.resource).map(\.object).filter { selector.matches($0) }
    }
    return ([object] + parts).flatMap { $0["rules"]?.arrayValue ?? [] }
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

  static func rbac(_ resource: String) -> GroupResource { GroupResource(resource, "rbac.authorization.k8s.io") }
}

extension World {
  /// The roles and the binding that every cluster begins with.
  var defaultRoles: [(key: ObjectKey, object: JSONValue)] {
    let everything: JSONValue = [
      ["apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]], ["nonResourceURLs": ["*"], "verbs": ["*"]],
    ]
    let read: JSONValue = ["get", "list", "watch"]
    let write: JSONValue = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]
    let groups: JSONValue = ["", "apps", "autoscaling", "batch", "networking.k8s.io", "policy"]
    let visible: JSONValue = [
      "configmaps", "endpoints", "events", "limitranges", "namespaces", "persistentvolumeclaims", "pods", "pods/log",
      "pods/status", "replicationcontrollers", "resourcequotas", "serviceaccounts", "services", "controllerrevisions",
      "daemonsets", "deployments", "deployments/scale", "replicasets", "replicasets/scale", "statefulsets",
      "statefulsets/scale", "horizontalpodautoscalers", "cronjobs", "jobs", "ingresses", "networkpolicies",
      "poddisruptionbudgets",
    ]
    let hidden: JSONValue = ["secrets", "pods/exec", "pods/attach", "pods/portforward", "pods/eviction"]
    let viewRules: JSONValue = [["apiGroups": groups, "resources": visible, "verbs": read]]
    let editRules: JSONValue = [
      ["apiGroups": groups, "resources": visible, "verbs": write],
      ["apiGroups": groups, "resources": hidden, "verbs": write],
    ]
    let adminRules: JSONValue = .array(
      (editRules.arrayValue ?? []) + [
        [
          "apiGroups": ["rbac.authorization.k8s.io"], "resources": ["roles", "rolebindings"], "verbs": write,
        ]
      ])
    let roles: [(String, JSONValue)] = [
      ("cluster-admin", everything), ("admin", adminRules), ("edit", editRules), ("view", viewRules),
    ]
    return roles.map { (ObjectKey(Self.rbac("clusterroles"), $0.0), Self.access("ClusterRole", ["rules": $0.1])) } + [
      (
        ObjectKey(Self.rbac("clusterrolebindings"), "cluster-admin"),
        Self.access(
          "ClusterRoleBinding",
          [
            "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"],
            "subjects": [["apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": "system:masters"]],
          ])
      )
    ]
  }

  private static func access(_ kind: String, _ members: JSONValue) -> JSONValue {
    var object = members
    object["apiVersion"] = "rbac.authorization.k8s.io/v1"
    object["kind"] = .string(kind)
    object["metadata"] = [
      "labels": ["kubernetes.io/bootstrapping": "rbac-defaults"],
      "annotations": ["rbac.authorization.kubernetes.io/autoupdate": "true"],
    ]
    return object
  }
}
