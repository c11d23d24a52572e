/// The command lines of `git` in one working tree; none of them changes it, and none asks for a password.
package struct Git: Sendable, Hashable {
  /// The directory of the working tree.
  package let directory: String

  package init(directory: String) { self.directory = directory }

  /// Asks the program for its own version.
  package static var version: ToolInvocation { ToolInvocation("git", ["--version"], deadline: .localQuestion) }

  /// Asks a remote repository which commit a branch or tag stands at.
  package func listRemote(_ url: String, _ revision: String) -> ToolInvocation {
    call(["ls-remote", "--exit-code", "--", url, revision], deadline: .seconds(30))
  }

  /// Resolves a revision to its commit.
  package func resolve(_ revision: String = "HEAD") -> ToolInvocation {
    call(["rev-parse", "--verify", "\(revision)^{commit}"])
  }

  /// Asks for the top directory of the working tree.
  package var topLevel: ToolInvocation { call(["rev-parse", "--show-toplevel"]) }

  /// Lists what is not committed below some paths.
  package func status(_ paths: [String] = []) -> ToolInvocation {
    call(["status", "--porcelain=v1", "--untracked-files=all"] + (paths.isEmpty ? [] : ["--"] + paths))
  }

  /// Asks for the address of a remote as it is written down.
  package func remoteAddress(_ remote: String = "origin") -> ToolInvocation {
    call(["config", "--get", "remote.\(remote).url"])
  }

  /// Asks for the address of a remote as git reaches it, after its own rewriting.
  package func remoteURL(_ remote: String = "origin") -> ToolInvocation { call(["remote", "get-url", remote]) }

  func call(_ arguments: [String], deadline: Duration = .localQuestion) -> ToolInvocation {
    ToolInvocation(
      "git", ["-C", directory] + arguments,
      environment: ["GIT_TERMINAL_PROMPT": "0", "GIT_SSH_COMMAND": "ssh -o BatchMode=yes"], deadline: deadline)
  }
}
