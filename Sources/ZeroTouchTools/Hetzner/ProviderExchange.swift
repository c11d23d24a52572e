import Foundation
import ZeroTouchModel

/// Makes requests to a provider's API and reads what comes back, errors included. No request is repeated by itself.
struct ProviderExchange: Sendable {
  let tools: any ToolRunner

  func answer(_ request: ProviderRequest) async throws(ProviderError) -> JSONValue {
    let output: ToolOutput
    do { output = try await tools.run(request.invocation) } catch { throw .unreachable(error.description) }
    guard output.status == 0 else { throw .unreachable(output.errorText.inOneLine) }
    var lines = output.text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let status = lines.popLast().flatMap({ Int($0) }) else {
      throw .unknownAnswer("it ends without a status")
    }
    let text = lines.joined(separator: "\n")
    let body = try? JSONValue(parsing: text)
    guard (200..<300).contains(status) else { throw Self.error(status, body?["error"] ?? [:]) }
    guard let body else { throw .unknownAnswer("it is no JSON, with the status \(status)") }
    return body
  }

  private static func error(_ status: Int, _ error: JSONValue) -> ProviderError {
    let code = error["code"]?.stringValue ?? ""
    var message = error["message"]?.stringValue ?? "no reason was given"
    let fields = ["missing", "invalid"].flatMap { error[$0]?.arrayValue ?? [] }.compactMap(\.stringValue)
    if !fields.isEmpty { message += " (\(fields.joined(separator: ", ")))" }
    switch (status, code) {
    case (401, _): return .unauthorized(message)
    case (403, "RATE_LIMIT_EXCEEDED"), (429, _): return .limited(message, seconds: error["interval"]?.intValue)
    case (503, _): return .maintenance
    case (423, _), (409, "conflict"), (409, "locked"): return .busy(message)
    default: return .refused(status: status, code: code.isEmpty ? "without a code" : code, message: message)
    }
  }
}
