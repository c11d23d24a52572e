package import ZeroTouchModel

/// The command lines of `curl`, the only way by which zerotouch itself speaks HTTPS.
package enum Curl {
  /// Asks the program for its own version.
  package static var version: ToolInvocation { ToolInvocation("curl", ["--version"], deadline: .seconds(10)) }

  /// Prints what an address answers; an HTTP error is a failure.
  package static func get(_ url: String, deadline: Duration = .seconds(30)) -> ToolInvocation {
    ToolInvocation("curl", quiet + ["--", url], deadline: deadline)
  }

  /// Saves what an address answers.
  package static func download(_ url: String, to file: String, deadline: Duration = .seconds(600)) -> ToolInvocation {
    ToolInvocation("curl", quiet + ["--output", file, "--", url], deadline: deadline)
  }

  /// Makes the request that a curl configuration describes; it travels on standard input, for it holds credentials.
  package static func request(
    configuration: Secret, effect: ToolInvocation.Effect, deadline: Duration = .seconds(30)
  ) -> ToolInvocation {
    ToolInvocation(
      "curl", quiet + ["--config", "-"], input: .secret(configuration), effect: effect, deadline: deadline)
  }

  // `--disable` must come first: it keeps the user's own curlrc out.
  private static let quiet = [
    "--disable", "--fail", "--silent", "--show-error", "--location", "--proto", "=https,http",
  ]
}
