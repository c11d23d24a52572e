import ZeroTouchModel

/// The command lines of `bao`, the client of OpenBao.
package enum OpenBao {
  /// Asks the program for its own version.
  package static var version: ToolInvocation { ToolInvocation("bao", ["version"], deadline: .localQuestion) }

  /// Prints one value of the key-value store.
  ///
  /// - Parameter identity: The caller's own variables; those that say who asks whom are handed on to `bao` alone. A
  ///   token among them travels on standard input.
  package static func read(_ path: String, key: String, as identity: [String: String]) -> ToolInvocation {
    var environment = identity.filter { $0.key.hasPrefix("BAO_") || $0.key.hasPrefix("VAULT_") }
    let tokens = ["BAO_TOKEN", "VAULT_TOKEN"].compactMap { environment.removeValue(forKey: $0) }
    var input = ToolInvocation.Input.none
    if let token = tokens.first(where: { !$0.isEmpty }) {
      environment["BAO_TOKEN_PATH"] = "/dev/stdin"
      input = .secret(Secret(token))
    }
    return ToolInvocation(
      "bao", ["kv", "get", "-field=\(key)", path], input: input, environment: environment, place: .machine,
      deadline: .seconds(30))
  }
}
