import ZeroTouchModel

/// The roles that every cluster begins with, as far as people are bound to them.
///
/// `admin`, `edit` and `view` have no rules of their own: they gather those of roles with their label.
enum DefaultRoles {
  private static let read = "get list watch"
  private static let write = "create delete deletecollection patch update"
  private static let everything = "\(read) \(write)"

  private struct Role {
    let name: String
    /// The roles that gather it.
    var gatheredBy: [String] = []
    var rules: [JSONValue] = []
    var gathers = false
  }

  private static let all: [Role] = [
    Role(
      name: "cluster-admin",
      rules: [
        ["apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]], ["nonResourceURLs": ["*"], "verbs": ["*"]],
      ]), Role(name: "admin", gathers: true), Role(name: "edit", gatheredBy: ["admin"], gathers: true),
    Role(name: "view", gatheredBy: ["edit"], gathers: true),
    Role(
      name: "system:aggregate-to-admin", gatheredBy: ["admin"],
      rules: [
        rule("authorization.k8s.io", "localsubjectaccessreviews", "create"),
        rule("rbac.authorization.k8s.io", "rolebindings roles", everything),
      ]), Role(name: "system:aggregate-to-edit", gatheredBy: ["edit"], rules: edit),
    Role(name: "system:aggregate-to-view", gatheredBy: ["view"], rules: view),
  ]

  private static let edit: [JSONValue] = [
    rule("", "pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy", read),
    rule("", "serviceaccounts", "impersonate"),
    rule("", "pods pods/attach pods/exec pods/portforward pods/proxy", write), rule("", "pods/eviction", "create"),
    rule(
      "",
      "configmaps events persistentvolumeclaims replicationcontrollers replicationcontrollers/scale secrets "
        + "serviceaccounts services services/proxy", write), rule("", "serviceaccounts/token", "create"),
    rule(
      "apps",
      "daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale statefulsets "
        + "statefulsets/scale", write), rule("autoscaling", "horizontalpodautoscalers", write),
    rule("batch", "cronjobs jobs", write), rule("policy", "poddisruptionbudgets", write),
    rule("networking.k8s.io", "ingresses networkpolicies", write), rule("coordination.k8s.io", "leases", everything),
  ]

  private static let view: [JSONValue] = [
    rule(
      "",
      "configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods replicationcontrollers "
        + "replicationcontrollers/scale serviceaccounts services services/status", read),
    rule(
      "",
      "bindings events limitranges namespaces/status pods/log pods/status replicationcontrollers/status "
        + "resourcequotas resourcequotas/status", read), rule("", "namespaces", read),
    rule("discovery.k8s.io", "endpointslices", read),
    rule(
      "apps",
      "controllerrevisions daemonsets daemonsets/status deployments deployments/scale deployments/status replicasets "
        + "replicasets/scale replicasets/status statefulsets statefulsets/scale statefulsets/status", read),
    rule("autoscaling", "horizontalpodautoscalers horizontalpodautoscalers/status", read),
    rule("batch", "cronjobs cronjobs/status jobs jobs/status", read),
    rule("policy", "poddisruptionbudgets poddisruptionbudgets/status", read),
    rule("networking.k8s.io", "ingresses ingresses/status networkpolicies", read),
  ]

  /// The roles, and the binding of the administrators to theirs.
  static var objects: [(key: ObjectKey, object: JSONValue)] {
    let roles = all.map { (key: ObjectKey(.clusterRoles, $0.name), object: object($0)) }
    let group = "rbac.authorization.k8s.io"
    let binding = access(
      "ClusterRoleBinding",
      [
        "roleRef": ["apiGroup": .string(group), "kind": "ClusterRole", "name": "cluster-admin"],
        "subjects": [["apiGroup": .string(group), "kind": "Group", "name": "system:masters"]],
      ])
    return roles + [(key: ObjectKey(.clusterRoleBindings, "cluster-admin"), object: binding)]
  }

  private static func object(_ role: Role) -> JSONValue {
    guard role.gathers else { return access("ClusterRole", ["rules": .array(role.rules)], role.gatheredBy) }
    let selector: JSONValue = ["matchLabels": .object([label(role.name): "true"])]
    return access("ClusterRole", ["aggregationRule": ["clusterRoleSelectors": [selector]]], role.gatheredBy)
  }

  private static func access(_ kind: String, _ members: JSONValue, _ gatheredBy: [String] = []) -> JSONValue {
    var object = members
    object["apiVersion"] = "rbac.authorization.k8s.io/v1"
    object["kind"] = .string(kind)
    object["metadata"] = [
      "labels": ["kubernetes.io/bootstrapping": "rbac-defaults"],
      "annotations": ["rbac.authorization.kubernetes.io/autoupdate": "true"],
    ]
    for name in gatheredBy { object[path: "metadata", "labels", label(name)] = "true" }
    return object
  }

  private static func label(_ role: String) -> String { "rbac.authorization.k8s.io/aggregate-to-\(role)" }

  private static func rule(_ group: String, _ resources: String, _ verbs: String) -> JSONValue {
    func list(_ words: String) -> JSONValue { .array(words.split(separator: " ").map { .string(String($0)) }) }
    return ["apiGroups": [.string(group)], "resources": list(resources), "verbs": list(verbs)]
  }
}
