/// The command lines of `bao`, the client of OpenBao.
package enum OpenBao {
  /// Asks the program for its own version.
  package static var version: ToolInvocation { ToolInvocation("bao", ["version"], deadline: .localQuestion) }

  /// Prints one value of the key-value store.
  ///
  /// - Parameter identity: The caller's own variables; those that say who asks whom are handed on to `bao` alone.
  package static func read(_ path: String, key: String, as identity: [String: String]) -> ToolInvocation {
    ToolInvocation(
      "bao", ["kv", "get", "-field=\(key)", path],
      environment: identity.filter { $0.key.hasPrefix("BAO_") || $0.key.hasPrefix("VAULT_") }, place: .machine,
      deadline: .seconds(30))
  }
}
