package import ZeroTouchModel

/// A refusal in the API's own terms.
package struct APIFailure: Error, Sendable, Hashable {
  package let status: Int
  /// `NotFound`, `Conflict`, `Invalid`, …; empty where the API server gives none.
  package let reason: String
  package let message: String
  /// `details` of the Status object: what was asked for and the single causes.
  package let details: JSONValue?

  package init(status: Int, reason: String, message: String, details: JSONValue? = nil) {
    self.status = status
    self.reason = reason
    self.message = message
    self.details = details
  }

  /// The `Status` object that clients read.
  package var statusObject: JSONValue {
    var object: JSONValue = [
      "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure", "message": .string(message),
      "code": JSONValue(status),
    ]
    if !reason.isEmpty { object["reason"] = .string(reason) }
    object["details"] = details
    return object
  }

  /// The refusal as an HTTP answer.
  var reply: APIResponse.Reply { APIResponse.Reply(status: status, document: statusObject) }
}
