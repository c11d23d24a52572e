extension Git {
  /// Makes an empty repository of the directory, on a branch of that name.
  package func initialize(branch: String) -> ToolInvocation { change(["init", "--quiet", "--initial-branch", branch]) }

  /// Stages everything in the directory.
  package var addAll: ToolInvocation { change(["add", "--all", "--force"]) }

  /// Commits what is staged, without hooks, signatures or the user's name.
  package func commit(_ message: String) -> ToolInvocation {
    change([
      "-c", "user.name=zerotouch", "-c", "user.email=zerotouch@localhost", "-c", "commit.gpgsign=false",
      "-c", "core.hooksPath=/dev/null", "commit", "--quiet", "--message", message,
    ])
  }

  /// Has this repository ask `replacement` whenever it is told to ask `url`.
  package func redirect(_ url: String, to replacement: String) -> ToolInvocation {
    change(["config", "url.\(replacement).insteadOf", url])
  }

  private func change(_ arguments: [String]) -> ToolInvocation {
    ToolInvocation("git", ["-C", directory] + arguments, effect: .mutates, deadline: .seconds(60))
  }
}
