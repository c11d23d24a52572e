import Foundation
import ZeroTouchTools

/// A file with its bytes as they are.
struct KeptFile: Sendable {
  let path: String
  let bytes: Data
}

/// A call with its words as they are.
struct KeptCall: Sendable {
  struct Said: Sendable {
    let after: Double
    let bytes: Data
    let isError: Bool
  }

  let invocation: ToolInvocation
  let at: Double
  let took: Double
  let said: [Said]
  let end: RecordedCall.End
  let files: [KeptFile]
  /// What a file held that was its input.
  let input: Data?
}
