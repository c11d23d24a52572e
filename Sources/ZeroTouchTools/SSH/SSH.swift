package import ZeroTouchModel

/// The command lines of `ssh` to one machine's rescue system.
///
/// Known hosts are a file of the cluster's own: every rescue boot has another key, and the user's file must not suffer.
package struct SSH: Sendable, Hashable {
  package let host: IPAddress
  package var user: String
  package var keyFile: String?
  package var knownHosts: String

  package init(host: IPAddress, user: String = "root", keyFile: String? = nil, knownHosts: String) {
    self.host = host
    self.user = user
    self.keyFile = keyFile
    self.knownHosts = knownHosts
  }

  /// Asks the program for its own version, which it prints on standard error.
  package static var version: ToolInvocation { ToolInvocation("ssh", ["-V"], deadline: .localQuestion) }

  /// Runs one command.
  package func run(
    _ command: [String], effect: ToolInvocation.Effect, deadline: Duration = .seconds(60)
  ) -> ToolInvocation {
    call(command.map(\.shellQuoted).joined(separator: " "), input: .none, effect: effect, deadline: deadline)
  }

  /// Runs a script, which travels on standard input and stops at its first failure, also inside a pipe.
  package func script(
    _ text: String, effect: ToolInvocation.Effect, deadline: Duration = .seconds(600)
  ) -> ToolInvocation {
    call("bash -euo pipefail -s", input: .text(text), effect: effect, deadline: deadline)
  }

  private func call(
    _ command: String, input: ToolInvocation.Input, effect: ToolInvocation.Effect, deadline: Duration
  ) -> ToolInvocation {
    var options = ["BatchMode=yes", "ConnectTimeout=10", "ServerAliveInterval=10", "ServerAliveCountMax=3"]
    options += [
      "StrictHostKeyChecking=accept-new", "UserKnownHostsFile=\(Self.word(knownHosts))",
      "GlobalKnownHostsFile=/dev/null",
    ]
    var arguments = ["-F", "/dev/null"] + options.flatMap { ["-o", $0] }
    if let keyFile { arguments += ["-o", "IdentitiesOnly=yes", "-i", keyFile] }
    return ToolInvocation(
      "ssh", arguments + ["\(user)@\(host)", "--", command], input: input, effect: effect,
      place: .machine, deadline: deadline)
  }

  /// A path as OpenSSH reads it in an option: it takes a blank for the beginning of another path.
  private static func word(_ path: String) -> String { path.contains(" ") ? "\"\(path)\"" : path }
}
