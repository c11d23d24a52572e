import ZeroTouchModel

/// The command lines of `sops`, which decrypts single values of files.
package enum Sops {
  /// Asks the program for its own version.
  package static var version: ToolInvocation {
    ToolInvocation("sops", ["--version", "--disable-version-check"], deadline: .localQuestion)
  }

  /// The variables that say with which key it decrypts; they are handed on to `sops` alone.
  private static let variables = [
    "SOPS_AGE_KEY_FILE", "SOPS_AGE_KEY_CMD", "SOPS_AGE_SSH_PRIVATE_KEY_FILE", "SOPS_KMS_ARN", "XDG_CONFIG_HOME",
    "GNUPGHOME", "AWS_PROFILE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_REGION", "AWS_DEFAULT_REGION",
    "GOOGLE_APPLICATION_CREDENTIALS", "AZURE_CONFIG_DIR", "VAULT_ADDR",
  ]

  /// Decrypts one value of a file to standard output. A key that stands in a variable travels on standard input.
  ///
  /// - Parameters:
  ///   - key: With dots between its levels.
  ///   - identity: The caller's own variables.
  package static func decrypt(_ file: String, key: String, as identity: [String: String]) -> ToolInvocation {
    var environment = identity.filter { variables.contains($0.key) }
    var input = ToolInvocation.Input.none
    if let secret = identity["SOPS_AGE_KEY"] {
      environment["SOPS_AGE_KEY_FILE"] = "/dev/stdin"
      input = .secret(Secret(secret))
    }
    let path = key.split(separator: ".").map { Int($0) == nil ? "[\"\($0)\"]" : "[\($0)]" }.joined()
    return ToolInvocation(
      "sops", ["--decrypt", "--extract", path, file], input: input, environment: environment, deadline: .seconds(30))
  }
}
