import NIOHTTP1

/// What client and server agreed on before a command's outcome is told.
struct ExecHandshake: Sendable, Hashable {
  /// The subprotocols that are spoken, the better one first.
  private static let subprotocols = ["v5.channel.k8s.io", "v4.channel.k8s.io"]

  let subprotocol: String
  /// Whether the client sends standard input.
  let hasInput: Bool

  /// The best subprotocol the client offers; nil when there is none.
  init?(_ headers: HTTPHeaders, hasInput: Bool) {
    let offered = headers[canonicalForm: "Sec-WebSocket-Protocol"].map(String.init)
    guard let chosen = Self.subprotocols.first(where: offered.contains) else { return nil }
    subprotocol = chosen
    self.hasInput = hasInput
  }

  /// Whether the end of standard input is to be waited for; only the better subprotocol can say it.
  var awaitsEndOfInput: Bool { hasInput && subprotocol == Self.subprotocols[0] }
}
