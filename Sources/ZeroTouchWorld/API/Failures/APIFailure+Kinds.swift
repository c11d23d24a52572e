import ZeroTouchModel

extension APIFailure {
  /// One thing that is wrong with an object, as `details.causes` carries it.
  struct Cause {
    let field: String
    let message: String
    let reason: String

    /// The field must be given.
    static func required(_ field: String, _ text: String = "") -> Cause {
      Cause(
        field: field, message: text.isEmpty ? "Required value" : "Required value: \(text)", reason: "FieldValueRequired"
      )
    }

    /// The value is none of those that exist.
    static func unsupported(_ field: String, _ value: String, _ known: [String]) -> Cause {
      let list = known.map { JSONValue.string($0).text() }.joined(separator: ", ")
      return Cause(
        field: field, message: "Unsupported value: \(JSONValue.string(value).text()): supported values: \(list)",
        reason: "FieldValueNotSupported")
    }

    /// The value breaks a rule.
    static func invalid(_ field: String, _ value: JSONValue, _ rule: String) -> Cause {
      Cause(field: field, message: "Invalid value: \(value.text()): \(rule)", reason: "FieldValueInvalid")
    }
  }

  /// The object is not there.
  static func notFound(_ resource: GroupResource, _ name: String) -> APIFailure {
    APIFailure(
      status: 404, reason: "NotFound", message: "\(resource) \"\(name)\" not found", details: subject(resource, name))
  }

  /// The path names nothing the server serves.
  static let unknownPath = APIFailure(
    status: 404, reason: "NotFound", message: "the server could not find the requested resource", details: [:])

  /// The object is there already.
  static func alreadyExists(_ resource: GroupResource, _ name: String) -> APIFailure {
    APIFailure(
      status: 409, reason: "AlreadyExists", message: "\(resource) \"\(name)\" already exists",
      details: subject(resource, name))
  }

  /// The object changed since the client read it, or a precondition fails.
  static func conflict(_ resource: GroupResource, _ name: String, _ why: String? = nil) -> APIFailure {
    let cause = why ?? "the object has been modified; please apply your changes to the latest version and try again"
    return APIFailure(
      status: 409, reason: "Conflict", message: "Operation cannot be fulfilled on \(resource) \"\(name)\": \(cause)",
      details: subject(resource, name))
  }

  /// The object breaks rules; all of them at once.
  static func invalid(_ type: ResourceType, _ name: String, _ causes: [Cause]) -> APIFailure {
    let texts = causes.map { "\($0.field): \($0.message)" }
    let list = texts.count == 1 ? texts[0] : "[" + texts.joined(separator: ", ") + "]"
    let kind = type.id.group.isEmpty ? type.kind : "\(type.kind).\(type.id.group)"
    var details: JSONValue = ["name": .string(name), "kind": .string(type.kind)]
    if !type.id.group.isEmpty { details["group"] = .string(type.id.group) }
    details["causes"] = .array(
      causes.map {
        ["reason": .string($0.reason), "message": .string($0.message), "field": .string($0.field)]
      })
    return APIFailure(
      status: 422, reason: "Invalid", message: "\(kind) \"\(name)\" is invalid: \(list)", details: details)
  }

  /// What a patch makes of an object is none of its kind.
  static func invalidPatch(_ patch: String, _ why: String) -> APIFailure {
    let message = "Invalid value: \(JSONValue.string(patch).text()): \(why)"
    return APIFailure(
      status: 422, reason: "Invalid", message: " \"\" is invalid: patch: \(message)",
      details: ["causes": [["reason": "FieldValueInvalid", "message": .string(message), "field": "patch"]]])
  }

  /// The request itself makes no sense.
  static func badRequest(_ message: String) -> APIFailure {
    APIFailure(status: 400, reason: "BadRequest", message: message)
  }

  /// Policy refuses the request.
  static func forbidden(_ resource: GroupResource, _ name: String, _ why: String) -> APIFailure {
    APIFailure(
      status: 403, reason: "Forbidden", message: "\(resource) \"\(name)\" is forbidden: \(why)",
      details: subject(resource, name))
  }

  /// The resource does not know the verb.
  static let methodNotAllowed = APIFailure(
    status: 405, reason: "MethodNotAllowed", message: "the server does not allow this method on the requested resource",
    details: [:])

  /// The body is in a format the server does not read.
  static func unsupportedMediaType(_ accepted: [String]) -> APIFailure {
    let list = accepted.joined(separator: ", ")
    return APIFailure(
      status: 415, reason: "UnsupportedMediaType",
      message: "the body of the request was in an unknown format - accepted media types include: \(list)", details: [:])
  }

  /// The body is larger than etcd takes.
  static func tooLarge(_ limit: Int) -> APIFailure {
    APIFailure(
      status: 413, reason: "RequestEntityTooLarge", message: "Request entity too large: limit is \(limit)", details: [:]
    )
  }

  /// The watch wants to start before what the server remembers.
  static func expired(_ wanted: UInt64, oldest: UInt64) -> APIFailure {
    APIFailure(status: 410, reason: "Expired", message: "too old resource version: \(wanted) (\(oldest))")
  }

  /// The server is not up.
  static let unavailable = APIFailure(
    status: 503, reason: "ServiceUnavailable", message: "the server is currently unable to handle the request",
    details: ["retryAfterSeconds": 1])

  private static func subject(_ resource: GroupResource, _ name: String) -> JSONValue {
    var details: JSONValue = ["name": .string(name), "kind": .string(resource.resource)]
    if !resource.group.isEmpty { details["group"] = .string(resource.group) }
    return details
  }
}
