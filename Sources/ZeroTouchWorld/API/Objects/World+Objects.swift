import ZeroTouchModel

extension World {
  /// Answers a request for objects.
  mutating func answer(_ request: APIRequest, _ route: ObjectRoute) throws(APIFailure) -> APIResponse {
    let id = GroupResource(route.resource, route.groupVersion.group)
    guard let type = registry[id], type.version(route.groupVersion.version) != nil,
      type.isNamespaced || route.namespace == nil
    else { throw .unknownPath }
    if !Self.isSelfReview(route) {
      let access = AccessRequest(request, route)
      guard allows(access) else { throw access.refusal }
    }
    if let subresource = route.subresource, let name = route.name {
      return try answer(request, route, type, subresource: subresource, of: name)
    }
    return try answer(request, route, type)
  }

  private mutating func answer(
    _ request: APIRequest, _ route: ObjectRoute, _ type: ResourceType
  ) throws(APIFailure) -> APIResponse {
    guard let name = route.name else { return try answerCollection(request, route, type) }
    let key = type.key(route.namespace ?? "", name)
    guard type.isNamespaced == (route.namespace != nil) else { throw .methodNotAllowed }
    guard type.verbs.contains("get") else { throw .methodNotAllowed }
    switch request.method {
    case "GET", "HEAD":
      if request.flag("watch") || route.isWatchPath { return .watch(try watch(request, route, type)) }
      return .reply(show(try read(key), type, route, request))
    case "PUT", "PATCH":
      var write = ObjectWrite(type, key, route, request)
      let result = try request.method == "PUT" ? update(request, &write) : patch(request, &write)
      return .reply(show(result.object, type, route, request, status: result.created ? 201 : 200, write.warnings))
    case "DELETE": return .reply(try delete(request, key, type, route))
    default: throw .methodNotAllowed
    }
  }

  private mutating func answerCollection(
    _ request: APIRequest, _ route: ObjectRoute, _ type: ResourceType
  ) throws(APIFailure) -> APIResponse {
    switch request.method {
    case "GET" where type.verbs.contains("list"), "HEAD" where type.verbs.contains("list"):
      if request.flag("watch") || route.isWatchPath { return .watch(try watch(request, route, type)) }
      return .reply(try list(request, route, type))
    case "POST" where type.verbs.contains("create"):
      if let review = try review(request, route, type) { return .reply(review) }
      guard !type.isNamespaced || route.namespace != nil else { throw .methodNotAllowed }
      var write = ObjectWrite(type, type.key(route.namespace ?? "", ""), route, request)
      let body = try object(in: request, for: &write)
      let stored = try create(body, &write)
      return .reply(show(stored, type, route, request, status: 201, write.warnings))
    case "DELETE" where type.verbs.contains("deletecollection"):
      return .reply(try deleteCollection(request, route, type))
    default: throw .methodNotAllowed
    }
  }

  /// An object, or that it is not there.
  func read(_ key: ObjectKey) throws(APIFailure) -> JSONValue {
    guard let object = objects[key] else { throw .notFound(key.resource, key.name) }
    return object
  }

  /// The objects a request lists.
  func list(_ request: APIRequest, _ route: ObjectRoute, _ type: ResourceType) throws(APIFailure) -> APIResponse.Reply {
    let filter = try ObjectFilter(request, type)
    let view = ObjectView(type, version: route.groupVersion.version, representation: Representation(request))
    let page = try ListPage(request, type.id)
    if let wanted = request.first("resourceVersion").flatMap({ UInt64($0) }), wanted > objects.revision {
      throw Self.futureRevision(wanted, objects.revision)
    }
    if page.isWhole {
      let items = selected(type, route.namespace, filter)
      return APIResponse.Reply(document: view.list(items, revision: objects.revision, in: self))
    }
    let cut = try page.cut(objects, type.id, route.namespace, filter)
    return APIResponse.Reply(document: view.list(cut.items, metadata: cut.metadata, in: self))
  }

  /// The objects of a kind that a filter lets through; one by name is not searched for.
  func selected(_ type: ResourceType, _ namespace: String?, _ filter: ObjectFilter) -> [JSONValue] {
    if let name = filter.fields.name, namespace != nil || !type.isNamespaced {
      let object = objects[type.key(namespace ?? "", name)]
      return object.map { filter.matches($0) ? [$0] : [] } ?? []
    }
    return objects.list(type.id, namespace: namespace).map(\.object).filter(filter.matches)
  }

  /// An object as an answer, in the form the client wants.
  func show(
    _ object: JSONValue, _ type: ResourceType, _ route: ObjectRoute, _ request: APIRequest, status: Int = 200,
    _ warnings: [String] = []
  ) -> APIResponse.Reply {
    let view = ObjectView(type, version: route.groupVersion.version, representation: Representation(request))
    var reply = APIResponse.Reply(status: status, document: view.one(object, in: self))
    if !warnings.isEmpty {
      reply.headers["Warning"] = warnings.map { "299 - \(JSONValue.string($0).text())" }.joined(separator: ", ")
    }
    return reply
  }
}
