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
    let user = UserInfo(request)
    switch type.id.resource {
    case "selfsubjectreviews": object["status"] = ["userInfo": user.json]
    case "selfsubjectrulesreviews":
      object["status"] = rulesReview(of: user, in: object[path: "spec", "namespace"]?.stringValue ?? "")
    case "tokenreviews": object["status"] = ["authenticated": true, "user": UserInfo.administrator.json]
    case "bindings": throw .methodNotAllowed
    default: object["status"] = accessReview(of: object["spec"] ?? [:], by: user, isOwn: Self.isSelfReview(route))
    }
    return APIResponse.Reply(status: 201, document: object)
  }

  /// Whether a request asks about its own sender, as everybody may.
  static func isSelfReview(_ route: ObjectRoute) -> Bool { route.resource.hasPrefix("selfsubject") }

  private func accessReview(of spec: JSONValue, by sender: UserInfo, isOwn: Bool) -> JSONValue {
    let groups = (spec["groups"]?.arrayValue ?? []).compactMap(\.stringValue)
    let user = isOwn ? sender : UserInfo(name: spec["user"]?.stringValue ?? "", groups: groups)
    guard let attributes = spec["resourceAttributes"] else {
      return ["allowed": .bool(user.groups.contains("system:masters"))]
    }
    return ["allowed": .bool(allows(AccessRequest(user, attributes)))]
  }

  private func rulesReview(of user: UserInfo, in namespace: String) -> JSONValue {
    let isMaster = user.groups.contains("system:masters")
    let everything: [JSONValue] = [
      ["verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]], ["verbs": ["*"], "nonResourceURLs": ["*"]],
    ]
    let rules = isMaster ? everything : rules(of: user, in: namespace)
    return [
      "resourceRules": .array(rules.filter { $0["resources"] != nil }),
      "nonResourceRules": .array(rules.filter { $0["nonResourceURLs"] != nil }), "incomplete": false,
    ]
  }
}
