import Foundation
package import ZeroTouchModel

extension World {
  /// Answers a request to the Kubernetes API.
  package mutating func handle(_ request: APIRequest) -> APIResponse {
    .reply(.init(status: 404, body: Data()))
  }

  /// Applies a manifest as a controller does: server-side, with a field manager, forcing conflicts.
  ///
  /// Returns the key of the object, or why the API refused it (its `message`).
  package mutating func apply(
    _ manifest: JSONValue, manager: String, defaultNamespace: String = "default"
  ) -> Result<ObjectKey, APIFailure> {
    .failure(APIFailure(status: 404, reason: "NotFound", message: "the server could not find the requested resource"))
  }
}

/// A refusal in the API's own terms.
package struct APIFailure: Error, Sendable, Hashable {
  package let status: Int
  /// `NotFound`, `Conflict`, `Invalid`, …
  package let reason: String
  package let message: String

  package init(status: Int, reason: String, message: String) {
    self.status = status
    self.reason = reason
    self.message = message
  }
}
