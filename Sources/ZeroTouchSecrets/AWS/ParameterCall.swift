import Foundation
import ZeroTouchModel

/// One call of AWS Systems Manager.
struct ParameterCall: Sendable, Hashable {
  /// What is done, as the service calls it, such as `PutParameter`.
  let action: String
  let body: Secret

  init(_ action: String, _ fields: JSONValue) {
    self.action = action
    body = Secret(fields.encoded())
  }
}

/// What the service said to one call.
struct ParameterAnswer: Sendable {
  /// The HTTP status; 0 where nothing answered.
  let status: Int
  let body: JSONValue
  /// Why nothing answered.
  var silence: String?

  var isGood: Bool { status == 200 }

  /// The kind of a refusal, such as `AccessDeniedException`.
  var code: String {
    let type = body["__type"]?.stringValue ?? body["code"]?.stringValue ?? ""
    return type.split(separator: "#").last.map(String.init) ?? ""
  }

  var message: String { (body["message"] ?? body["Message"])?.stringValue ?? "" }

  /// Whether the same call may succeed in a moment.
  var mayBeRepeated: Bool {
    if status == 0 || status >= 500 || status == 429 { return true }
    return ["ThrottlingException", "Throttling", "TooManyUpdates", "RequestLimitExceeded", "InternalServerError"]
      .contains(code)
  }
}
