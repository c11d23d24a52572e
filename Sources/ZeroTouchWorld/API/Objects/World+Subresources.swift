import Foundation
import ZeroTouchModel

extension World {
  /// Answers a request for a part of an object, or for something done with it.
  mutating func answer(
    _ request: APIRequest, _ route: ObjectRoute, _ type: ResourceType, subresource: String, of name: String
  ) throws(APIFailure) -> APIResponse {
    let key = type.key(route.namespace ?? "", name)
    guard type.subresources.contains(subresource) else { throw .unknownPath }
    switch subresource {
    case "status", "finalize": return .reply(try answerStatus(request, route, type, key))
    case "scale": return .reply(try answerScale(request, route, type, key))
    case "log": return .reply(try answerLog(request, key))
    case "exec": return .exec(try answerExec(request, key))
    case "eviction": return .reply(try evict(request, key))
    case "binding": return .reply(try bind(request, key))
    case "token": return .reply(try token(request, key))
    default: throw .methodNotAllowed
    }
  }

  private mutating func answerStatus(
    _ request: APIRequest, _ route: ObjectRoute, _ type: ResourceType, _ key: ObjectKey
  ) throws(APIFailure) -> APIResponse.Reply {
    if request.method == "GET" { return show(try read(key), type, route, request) }
    var write = ObjectWrite(type, key, route, request)
    _ = try read(key)
    switch request.method {
    case "PUT": return show(try update(request, &write).object, type, route, request)
    case "PATCH": return show(try patch(request, &write).object, type, route, request)
    default: throw .methodNotAllowed
    }
  }

  private mutating func answerScale(
    _ request: APIRequest, _ route: ObjectRoute, _ type: ResourceType, _ key: ObjectKey
  ) throws(APIFailure) -> APIResponse.Reply {
    guard let paths = type.scalePaths else { throw .unknownPath }
    let current = try read(key)
    let scale = Scale(of: current, paths, type)
    var wanted = scale.object
    switch request.method {
    case "GET": return APIResponse.Reply(document: wanted)
    case "PUT": wanted = try request.document()
    case "PATCH":
      guard request.contentType.contains("merge-patch") else {
        wanted = try JSONPatch(try request.document(), of: type, key.name).apply(to: wanted)
        break
      }
      wanted = MergePatch.apply(try request.document(), to: wanted)
    default: throw .methodNotAllowed
    }
    try checkPreconditions(wanted["metadata"] ?? [:], current, key)
    let replicas = wanted[path: "spec", "replicas"]?.intValue ?? 0
    guard replicas >= 0 else {
      throw .invalid(
        type, key.name, [.invalid("spec.replicas", JSONValue(replicas), "must be greater than or equal to 0")])
    }
    var write = ObjectWrite(type, key, route, request)
    write.subresource = ""
    let stored = try change(current, to: scale.scaled(to: replicas), write)
    return APIResponse.Reply(document: Scale(of: stored, paths, type).object)
  }

  private mutating func evict(_ request: APIRequest, _ key: ObjectKey) throws(APIFailure) -> APIResponse.Reply {
    guard request.method == "POST" else { throw .methodNotAllowed }
    let eviction = try request.document()
    _ = try read(key)
    try admitEviction(of: key)
    let options = eviction[path: "deleteOptions", "dryRun"]?.arrayValue ?? []
    if !request.isDryRun, options.isEmpty { delete(key) }
    return Self.success(status: 201)
  }

  private mutating func bind(_ request: APIRequest, _ key: ObjectKey) throws(APIFailure) -> APIResponse.Reply {
    guard request.method == "POST" else { throw .methodNotAllowed }
    let binding = try request.document()
    let pod = try read(key)
    guard let node = binding[path: "target", "name"]?.stringValue, !node.isEmpty else {
      throw .badRequest("target.name is required")
    }
    if let bound = pod[path: "spec", "nodeName"]?.stringValue {
      throw .conflict(key.resource, key.name, "pod \(key.name) is already assigned to node \"\(bound)\"")
    }
    if !request.isDryRun { objects.update(key) { $0[path: "spec", "nodeName"] = .string(node) } }
    return Self.success(status: 201)
  }

  private func token(_ request: APIRequest, _ key: ObjectKey) throws(APIFailure) -> APIResponse.Reply {
    guard request.method == "POST" else { throw .methodNotAllowed }
    var review = try request.document()
    let account = try read(key)
    let seconds = review[path: "spec", "expirationSeconds"]?.intValue ?? 3600
    guard seconds >= 600 else {
      throw .badRequest(
        "spec.expirationSeconds: Invalid value: \(seconds): may not specify a duration less than 10 minutes")
    }
    let expiry = date(at: now).addingTimeInterval(Double(seconds))
    let claims = "\(key.namespace)/\(key.name)/\(account[path: "metadata", "uid"]?.stringValue ?? "")/\(timestamp)"
    review["status"] = [
      "token": .string("rehearsal." + Data(claims.utf8).base64EncodedString()),
      "expirationTimestamp": .string(expiry.formatted(.iso8601)),
    ]
    return APIResponse.Reply(status: 201, document: review)
  }

  private static func success(status: Int) -> APIResponse.Reply {
    let body: JSONValue = [
      "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success", "code": JSONValue(status),
    ]
    return APIResponse.Reply(status: status, document: body)
  }
}
