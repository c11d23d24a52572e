package import ZeroTouchModel

/// Why a provider's API did not do what it was asked for.
package enum ProviderError: Error, Sendable, Hashable {
  /// The credentials are not accepted; asking again with them gets this laptop locked out.
  case unauthorized(String)
  /// Too many requests; the seconds after which there may be more, where they are told.
  case limited(String, seconds: Int?)
  /// The API is being worked on.
  case maintenance
  /// Something else changes the server at this moment.
  case busy(String)
  case refused(status: Int, code: String, message: String)
  /// curl could not reach the API.
  case unreachable(String)
  /// The answer is none that the documentation knows: how it looks, and nothing of it, for it may hold a password.
  case unknownAnswer(String)
  /// No server of this account has the address.
  case noServer(IPAddress)
  /// Only a technician could restart it, or nobody.
  case noReset(server: String, offered: [String])
  case actionFailed(String)
  case tooSlow(String)
}

extension ProviderError: CustomStringConvertible {
  package var description: String { "\(what)\n  \(remedy)" }

  package var what: String {
    switch self {
    case .unauthorized(let message): "the provider does not accept the credentials: \(message)"
    case .limited(let message, let seconds):
      "the provider takes no more requests\(seconds.map { " for \(Duration.seconds($0).inWords)" } ?? ""): \(message)"
    case .maintenance: "the provider's API is being worked on"
    case .busy(let message): "the provider works on this server already: \(message)"
    case .refused(let status, let code, let message): "the provider refuses with \(status) \(code): \(message)"
    case .unreachable(let reason): "the provider's API cannot be reached: \(reason)"
    case .unknownAnswer(let text): "the provider's answer cannot be read: \(text)"
    case .noServer(let address): "no server of this account has the address \(address)"
    case .noReset(let server, let offered):
      "\(server) cannot be restarted from here: it offers \(offered.isEmpty ? "nothing" : offered.joined(separator: ", "))"
    case .actionFailed(let reason): "the provider could not do it: \(reason)"
    case .tooSlow(let what): "\(what) did not come to an end"
    }
  }

  package var remedy: String {
    switch self {
    case .unauthorized:
      "correct them before anything is tried again: after three refusals the provider locks this address out for 10 minutes"
    case .limited: "wait, and run again; nothing is repeated by itself"
    case .maintenance, .busy, .tooSlow: "run again in a few minutes"
    case .refused(_, let code, _): Self.remedies[code] ?? "look at the server in the provider's own interface"
    case .unreachable: "look at the network and the proxy of this laptop"
    case .unknownAnswer: "look at the provider's status page"
    case .noServer: "check the address, and whether the credentials are those of the server's account"
    case .noReset: "restart it in the provider's own interface, once its rescue system is active"
    case .actionFailed: "look at the server in the provider's own interface"
    }
  }

  private static let remedies = [
    "BOOT_NOT_AVAILABLE": "this server has no rescue system to boot from the network; ask the provider's support",
    "BOOT_ALREADY_ENABLED": "another boot configuration is active: deactivate it in Robot first",
    "RESET_MANUAL_ACTIVE": "a technician is on the way already: wait until he is done",
    "SERVER_NOT_FOUND": "check the address, and whether the credentials are those of the server's account",
  ]
}
