/// The command lines of `op`, the client of 1Password.
package enum OnePassword {
  /// Asks the program for its own version.
  package static var version: ToolInvocation { ToolInvocation("op", ["--version"], deadline: .localQuestion) }

  /// Prints one field.
  ///
  /// - Parameter identity: The caller's own variables; those that say who asks are handed on to `op` alone.
  package static func read(_ address: String, as identity: [String: String]) -> ToolInvocation {
    ToolInvocation(
      "op", ["read", "--no-newline", "--", address],
      environment: identity.filter { $0.key.hasPrefix("OP_") || directories.contains($0.key) }, place: .machine,
      deadline: .seconds(60))
  }

  private static let directories = ["XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"]
}
