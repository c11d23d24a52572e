package import ZeroTouchModel

/// The command lines of `ssh` to one machine's rescue system.
///
/// Known hosts are a file of the cluster's own: every rescue boot has another key, and the user's file must not suffer.
/// Nothing is ever asked on the terminal: a password travels from a 0600 file through ``Askpass``.
package struct SSH: Sendable, Hashable {
  /// What ssh proves itself with; the agent and the user's usual keys where neither is named.
  package enum Credential: Sendable, Hashable {
    case agent
    /// A private key, by its file.
    case key(String)
    /// A password, by the 0600 file that holds it.
    case password(String)
  }

  package let host: IPAddress
  package var port: Int
  package var user: String
  package var credential: Credential
  package var knownHosts: String
  /// Whether the known hosts hold this machine's key already, so that no other is accepted.
  package var isPinned: Bool
  /// The program that answers ssh's questions; nil lets it ask none.
  package var askpass: String?

  package init(
    host: IPAddress, port: Int = 22, user: String = "root", credential: Credential = .agent, knownHosts: String,
    isPinned: Bool = false, askpass: String? = nil
  ) {
    self.host = host
    self.port = port
    self.user = user
    self.credential = credential
    self.knownHosts = knownHosts
    self.isPinned = isPinned
    self.askpass = askpass
  }

  /// Asks the program for its own version, which it prints on standard error.
  package static var version: ToolInvocation { ToolInvocation("ssh", ["-V"], deadline: .localQuestion) }

  /// Runs one command.
  package func run(
    _ command: [String], effect: ToolInvocation.Effect, input: ToolInvocation.Input = .none,
    place: ToolInvocation.Place = .machine, deadline: Duration = .seconds(60)
  ) -> ToolInvocation {
    var call = call(command.map(\.shellQuoted).joined(separator: " "), input: input, effect: effect, deadline: deadline)
    call.place = place
    return call
  }

  /// Runs a script, which travels on standard input and stops at its first failure, also inside a pipe.
  package func script(
    _ text: String, effect: ToolInvocation.Effect, place: ToolInvocation.Place = .machine,
    deadline: Duration = .seconds(600)
  ) -> ToolInvocation {
    var call = call("bash -euo pipefail -s", input: .text(text), effect: effect, deadline: deadline)
    call.place = place
    return call
  }

  /// The line of a known-hosts file that pins a machine's key, given as `TYPE BASE64`.
  package static func knownHost(_ host: IPAddress, port: Int = 22, key: String) -> String {
    port == 22 ? "\(host) \(key)" : "[\(host)]:\(port) \(key)"
  }

  private func call(
    _ command: String, input: ToolInvocation.Input, effect: ToolInvocation.Effect, deadline: Duration
  ) -> ToolInvocation {
    var arguments = ["-F", "/dev/null"] + (options + authentication).flatMap { ["-o", $0] }
    if case .key(let file) = credential { arguments += ["-i", file] }
    if port != 22 { arguments += ["-p", "\(port)"] }
    return ToolInvocation(
      "ssh", arguments + ["\(user)@\(host)", "--", command], input: input, environment: variables, effect: effect,
      place: .machine, deadline: deadline)
  }

  private var options: [String] {
    [
      "ConnectTimeout=10", "ServerAliveInterval=10", "ServerAliveCountMax=3",
      "StrictHostKeyChecking=\(isPinned ? "yes" : "accept-new")", "UserKnownHostsFile=\(Self.word(knownHosts))",
      "GlobalKnownHostsFile=/dev/null", "UpdateHostKeys=no", "LogLevel=ERROR",
    ]
  }

  private var authentication: [String] {
    let asking = askpass == nil ? ["BatchMode=yes"] : ["BatchMode=no", "NumberOfPasswordPrompts=1"]
    switch credential {
    case .agent: return asking + ["PreferredAuthentications=publickey"]
    case .key: return asking + ["PreferredAuthentications=publickey", "IdentitiesOnly=yes"]
    case .password:
      return asking + ["PreferredAuthentications=password,keyboard-interactive", "PubkeyAuthentication=no"]
    }
  }

  private var variables: [String: String] {
    guard let askpass else { return [:] }
    var file = ""
    if case .password(let path) = credential { file = path }
    return ["SSH_ASKPASS": askpass, "SSH_ASKPASS_REQUIRE": "force", Askpass.variable: file]
  }

  /// A path as OpenSSH reads it in an option: it takes a blank for the beginning of another path.
  private static func word(_ path: String) -> String { path.contains(" ") ? "\"\(path)\"" : path }
}
