import ZeroTouchModel

/// Who wants to do what to which objects.
struct AccessRequest: Hashable {
  var user: UserInfo
  var verb: String
  var group: String
  /// With its subresource behind a slash.
  var resource: String
  var namespace: String
  var name: String

  /// What a request wants.
  init(_ request: APIRequest, _ route: ObjectRoute) {
    user = UserInfo(request)
    verb = Self.verb(request, route)
    group = route.groupVersion.group
    resource = ([route.resource] + [route.subresource].compactMap(\.self)).joined(separator: "/")
    namespace = route.namespace ?? ""
    name = route.name ?? ""
  }

  /// What a review asks about.
  init(_ user: UserInfo, _ attributes: JSONValue) {
    self.user = user
    verb = attributes["verb"]?.stringValue ?? ""
    group = attributes["group"]?.stringValue ?? ""
    let parts = ["resource", "subresource"].compactMap { attributes[$0]?.stringValue }
    resource = parts.filter { !$0.isEmpty }.joined(separator: "/")
    namespace = attributes["namespace"]?.stringValue ?? ""
    name = attributes["name"]?.stringValue ?? ""
  }

  private static func verb(_ request: APIRequest, _ route: ObjectRoute) -> String {
    switch request.method {
    case "POST": "create"
    case "PUT": "update"
    case "PATCH": "patch"
    case "DELETE": route.name == nil ? "deletecollection" : "delete"
    default: request.flag("watch") || route.isWatchPath ? "watch" : route.name == nil ? "list" : "get"
    }
  }

  /// The refusal of an unauthorised request.
  var refusal: APIFailure {
    let id = GroupResource(resource, group)
    let place = namespace.isEmpty ? "at the cluster scope" : "in the namespace \"\(namespace)\""
    let subject = name.isEmpty ? "\(id)" : "\(id) \"\(name)\""
    var details: JSONValue = ["kind": .string(resource)]
    if !name.isEmpty { details["name"] = .string(name) }
    if !group.isEmpty { details["group"] = .string(group) }
    return APIFailure(
      status: 403, reason: "Forbidden",
      message: "\(subject) is forbidden: User \"\(user.name)\" cannot \(verb) resource \"\(resource)\" "
        + "in API group \"\(group)\" \(place)", details: details)
  }
}

/// A user as the API server knows him.
struct UserInfo: Hashable {
  let name: String
  let groups: [String]

  /// Whom the kubeconfig of the cluster's administrator stands for.
  static let administrator = UserInfo(name: "admin", groups: ["system:masters", "system:authenticated"])

  init(name: String, groups: [String]) {
    self.name = name
    self.groups = groups
  }

  /// Who sends a request: the administrator, unless he acts as another.
  init(_ request: APIRequest) {
    guard let name = request.headers["impersonate-user"], !name.isEmpty else {
      self = .administrator
      return
    }
    let named = (request.headers["impersonate-group"] ?? "").split(separator: ",").map { $0.trimmingPrefix(" ") }
    var groups = named.map(String.init)
    let parts = name.split(separator: ":").map(String.init)
    if parts.count == 4, parts[..<2] == ["system", "serviceaccount"] {
      groups += ["system:serviceaccounts", "system:serviceaccounts:\(parts[2])"]
    }
    self.init(name: name, groups: groups + ["system:authenticated"])
  }

  var json: JSONValue { ["username": .string(name), "groups": .array(groups.map(JSONValue.string))] }

  /// Whether a subject of a binding means this user.
  func isMeant(by subject: JSONValue, in namespace: String) -> Bool {
    let named = subject["name"]?.stringValue ?? ""
    switch subject["kind"]?.stringValue {
    case "User": return named == name
    case "Group": return groups.contains(named)
    case "ServiceAccount":
      return name == "system:serviceaccount:\(subject["namespace"]?.stringValue ?? namespace):\(named)"
    default: return false
    }
  }
}
