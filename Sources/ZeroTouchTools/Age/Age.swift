package import ZeroTouchModel

/// The command lines of `age`, which encrypts the Talos secrets where the spec names recipients.
package enum Age {
  /// Asks the program for its own version.
  package static var version: ToolInvocation { ToolInvocation("age", ["--version"], deadline: .localQuestion) }

  /// Encrypts a file to standard output, as text that Git can hold.
  package static func encrypt(_ file: String, recipients: [String]) -> ToolInvocation {
    ToolInvocation(
      "age", ["--encrypt", "--armor"] + recipients.flatMap { ["--recipient", $0] }, input: .file(file),
      deadline: .seconds(30))
  }

  /// Decrypts a file to standard output.
  package static func decrypt(_ file: String, identity: String) -> ToolInvocation {
    ToolInvocation("age", ["--decrypt", "--identity", identity, file], deadline: .seconds(30))
  }

  /// Decrypts a file to standard output, with an identity that travels on standard input.
  package static func decrypt(_ file: String, identity: Secret) -> ToolInvocation {
    ToolInvocation("age", ["--decrypt", "--identity", "-", file], input: .secret(identity), deadline: .seconds(30))
  }
}
