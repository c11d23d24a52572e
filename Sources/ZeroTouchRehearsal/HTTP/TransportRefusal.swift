import ZeroTouchModel
import ZeroTouchWorld

/// What the server refuses before the API sees it.
enum TransportRefusal: Hashable {
  case malformedTarget
  case oversize
  /// `exec` was asked for without a protocol it can be spoken in.
  case upgradeRequired

  fileprivate var facts: (status: Int, reason: String, message: String) {
    switch self {
    case .malformedTarget: (400, "BadRequest", "the request's path or query is not validly percent-encoded")
    case .oversize:
      (
        413, "RequestEntityTooLarge",
        "Request entity too large: limit is \(ReceivedRequest.largestBody)"
      )
    case .upgradeRequired: (400, "BadRequest", "Upgrade request required")
    }
  }
}

extension APIResponse.Reply {
  /// A refusal as the Status object that Kubernetes' clients read.
  static func refusal(_ refusal: TransportRefusal) -> Self {
    let (status, reason, message) = refusal.facts
    let failure = APIFailure(status: status, reason: reason, message: message)
    return Self(status: status, body: failure.statusObject.encoded())
  }
}
