/// A refusal of a machine's API: the gRPC status and its words.
package struct TalosRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  /// The gRPC status names that Talos answers with.
  package enum Code: String, Sendable, Hashable {
    case unavailable = "Unavailable"
    case invalidArgument = "InvalidArgument"
    case failedPrecondition = "FailedPrecondition"
    case alreadyExists = "AlreadyExists"
    case unimplemented = "Unimplemented"
    case permissionDenied = "PermissionDenied"
    case notFound = "NotFound"
    case unknown = "Unknown"
  }

  package let code: Code
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { "rpc error: code = \(code.rawValue) desc = \(message)" }
}
