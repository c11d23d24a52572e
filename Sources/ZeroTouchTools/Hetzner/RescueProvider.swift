package import ZeroTouchModel

/// Who rents out servers and can send them to a rescue system.
package protocol RescueProvider: Sendable {
  /// Every server of the account, in one look, however many are sought.
  func servers() async throws(ProviderError) -> [ProviderServer]
  /// Has the server's next boot be the rescue system; a key that the account knows is preferred to a password.
  func activateRescue(_ server: ProviderServer, key: SSHFingerprint?) async throws(ProviderError) -> RescueTicket
  func restart(_ server: ProviderServer) async throws(ProviderError)
}

/// A rented server, as it is shown before anything happens to it.
package struct ProviderServer: Sendable, Hashable {
  /// Its number or id, which the API goes by.
  package let number: Int
  package let name: String
  package let product: String
  package let place: String
  package let status: String
  package let addresses: [IPAddress]
  package let networks: [CIDRBlock]

  /// Whether the address is one of its own.
  package func has(_ address: IPAddress) -> Bool {
    addresses.contains(address) || networks.contains { $0.contains(address) }
  }
}

/// What opens a rescue system, and what tells it from others.
package struct RescueTicket: Sendable, Hashable {
  /// Nil where a key was taken.
  package let password: Secret?
  /// The MD5 fingerprints of its host keys, where they are told.
  package let hostKeys: [String]

  package init(password: Secret?, hostKeys: [String] = []) {
    self.password = password
    self.hostKeys = hostKeys
  }
}

/// The fingerprint of a public key as providers list it: MD5, in pairs of digits.
package struct SSHFingerprint: Sendable, Hashable, CustomStringConvertible {
  package let description: String

  /// Reads what `ssh-keygen -E md5 -lf` prints, or a bare fingerprint.
  package init?(_ text: String) {
    // The label `MD5:` ends with what looks like a pair of digits.
    let pattern = #/\b(?:[0-9a-f]{2}:){15}[0-9a-f]{2}\b/#
    guard let found = text.lowercased().firstMatch(of: pattern) else { return nil }
    description = String(found.output)
  }

  /// Asks for the fingerprint of a key, private or public, by its file.
  package static func question(_ file: String) -> ToolInvocation {
    ToolInvocation("ssh-keygen", ["-E", "md5", "-l", "-f", file], deadline: .localQuestion)
  }
}
