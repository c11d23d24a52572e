/// What curl's exit status says about a transfer that failed.
package enum CurlFailure: Sendable, Hashable {
  /// The server cannot be reached, or the transfer broke off.
  case network
  /// The server answered with an HTTP error.
  case refused(status: Int)
  /// What is asked for begins behind the end, or the server sends whole files only.
  case rangeNotServed
  /// The file could not be written.
  case notWritten
  case other

  /// Reads the exit status and, where that is not enough, the error text; nil where nothing failed.
  package init?(_ output: ToolOutput) {
    switch output.status {
    case 0: return nil
    case 5, 6, 7, 16, 18, 28, 35, 52, 55, 56, 92: self = .network
    case 33, 36: self = .rangeNotServed
    case 23: self = .notWritten
    case 22:
      let status = output.errorText.split { !$0.isNumber }.compactMap { Int($0) }.last ?? 0
      self = status == 416 ? .rangeNotServed : .refused(status: status)
    default: self = .other
    }
  }

  /// Whether another attempt may go better.
  package var isPassing: Bool {
    switch self {
    case .network: true
    case .refused(let status): status >= 500 || status == 408 || status == 429
    case .rangeNotServed, .notWritten, .other: false
    }
  }
}
