package import ZeroTouchModel

/// The command lines of `curl`, the only way by which zerotouch itself speaks HTTPS.
package enum Curl {
  /// Asks the program for its own version.
  package static var version: ToolInvocation { ToolInvocation("curl", ["--version"], deadline: .localQuestion) }

  /// Prints what an address answers; an HTTP error is a failure.
  package static func get(_ url: String, deadline: Duration = .seconds(30)) -> ToolInvocation {
    ToolInvocation("curl", quiet + ["--", url], deadline: deadline)
  }

  /// Saves what an address answers; a transfer that stalls for a minute is given up, one that moves may take hours.
  ///
  /// - Parameters:
  ///   - resumes: Whether what the file holds already is kept, and only the rest is asked for.
  ///   - credentials: `USER:PASSWORD`; it travels on standard input.
  package static func download(
    _ url: String, to file: String, resumes: Bool, credentials: Secret? = nil
  ) -> ToolInvocation {
    var arguments = quiet + ["--connect-timeout", "20", "--speed-limit", "1", "--speed-time", "60"]
    if resumes { arguments += ["--continue-at", "-"] }
    arguments += ["--output", file]
    if credentials != nil { arguments += ["--config", "-"] }
    let input = credentials.map { ToolInvocation.Input.secret(configuration(user: $0)) }
    return ToolInvocation("curl", arguments + ["--", url], input: input ?? .none, deadline: .seconds(4 * 3600))
  }

  private static func configuration(user: Secret) -> Secret {
    let text = String(decoding: user.exposed, as: UTF8.self)
    let quoted = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return Secret("user = \"\(quoted)\"\n")
  }

  /// Makes the request that a curl configuration describes; it travels on standard input, for it holds credentials.
  package static func request(
    configuration: Secret, effect: ToolInvocation.Effect, deadline: Duration = .seconds(30)
  ) -> ToolInvocation {
    ToolInvocation(
      "curl", quiet + ["--config", "-"], input: .secret(configuration), effect: effect, deadline: deadline)
  }

  /// Makes several requests, one after the other; the configuration travels on standard input. An HTTP error is an
  /// answer: ``CurlAnswer`` takes the output apart.
  package static func requests(
    _ requests: [CurlRequest], effect: ToolInvocation.Effect, deadline: Duration = .seconds(300)
  ) -> ToolInvocation {
    let configuration = requests.map(\.configuration).joined(separator: "\nnext\n")
    return ToolInvocation(
      "curl", ["--disable", "--config", "-"], input: .secret(Secret(configuration + "\n")), effect: effect,
      place: .machine, deadline: deadline)
  }

  // `--disable` must come first: it keeps the user's own curlrc out.
  private static let quiet = [
    "--disable", "--fail", "--silent", "--show-error", "--location", "--proto", "=https,http",
  ]
}
