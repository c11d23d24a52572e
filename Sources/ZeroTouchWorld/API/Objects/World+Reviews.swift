import ZeroTouchModel

extension World {
  /// Answers kinds that are questions, not objects: who am I, may I; nil for all others.
  func review(
    _ request: APIRequest, _ route: ObjectRoute, _ type: ResourceType
  ) throws(APIFailure) -> APIResponse.Reply? {
    guard type.verbs == ["create"] else { return nil }
    var object = try request.document()
    guard object["kind"]?.stringValue == type.kind else {
      throw .badRequest("the object provided is unrecognized (must be of type \(type.kind))")
    }
    object["apiVersion"] = .string(route.groupVersion.description)
    if object["metadata"] == nil { object["metadata"] = ["creationTimestamp": .null] }
    switch type.id.resource {
    case "selfsubjectreviews":
      object["status"] = ["userInfo": Self.administrator]
    case "selfsubjectrulesreviews":
      object["status"] = [
        "resourceRules": [["verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]]],
        "nonResourceRules": [["verbs": ["*"], "nonResourceURLs": ["*"]]], "incomplete": false,
      ]
    case "tokenreviews": object["status"] = ["authenticated": true, "user": Self.administrator]
    case "bindings": throw .methodNotAllowed
    default:
      object["status"] = ["allowed": true, "reason": "RBAC: allowed by ClusterRoleBinding \"cluster-admin\""]
    }
    return APIResponse.Reply(status: 201, body: object.encoded())
  }

  /// Whom the kubeconfig of the cluster's administrator stands for.
  private static let administrator: JSONValue = [
    "username": "admin", "groups": ["system:masters", "system:authenticated"],
  ]
}
