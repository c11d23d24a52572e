package import ZeroTouchModel

/// Who asks AWS. Keys travel on standard input, as a credentials file: neither argument nor variable holds one.
package struct AWSIdentity: Sendable, Hashable {
  /// The credentials file; nil where `aws` looks where it always does.
  package let file: Secret?
  /// The variables that are handed on to `aws` alone.
  package let variables: [String: String]

  /// Keys of somebody's own.
  package init(
    accessKeyID: Secret, secretAccessKey: Secret, sessionToken: Secret?, environment: [String: String]
  ) {
    let keys =
      [
        ("aws_access_key_id", accessKeyID), ("aws_secret_access_key", secretAccessKey),
      ] + (sessionToken.map { [("aws_session_token", $0)] } ?? [])
    let lines = keys.map { "\($0) = \(String(decoding: $1.exposed, as: UTF8.self))\n" }
    file = Secret("[default]\n" + lines.joined())
    variables = environment.filter { Self.addresses.contains($0.key) }
      .merging(["AWS_SHARED_CREDENTIALS_FILE": "/dev/stdin", "AWS_CONFIG_FILE": "/dev/null"]) { $1 }
  }

  private init(file: Secret?, variables: [String: String]) {
    self.file = file
    self.variables = variables
  }

  /// Whoever sits at this laptop: its keys, its profile, or what its role gives.
  package static func own(_ environment: [String: String]) -> AWSIdentity {
    if let id = environment["AWS_ACCESS_KEY_ID"], let key = environment["AWS_SECRET_ACCESS_KEY"] {
      return AWSIdentity(
        accessKeyID: Secret(id), secretAccessKey: Secret(key),
        sessionToken: environment["AWS_SESSION_TOKEN"].map { Secret($0) }, environment: environment)
    }
    return AWSIdentity(
      file: nil, variables: environment.filter { addresses.contains($0.key) || profiles.contains($0.key) })
  }

  private static let addresses = [
    "AWS_CA_BUNDLE", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SSM", "AWS_REGION", "AWS_DEFAULT_REGION",
  ]
  private static let profiles = [
    "AWS_PROFILE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  ]
}

extension AWS {
  /// Prints one parameter of Systems Manager, decrypted, as JSON.
  package static func parameter(_ name: String, region: String?, as identity: AWSIdentity) -> ToolInvocation {
    var environment = identity.variables
    // A laptop has no instance metadata, and waiting for it looks like a service that does not answer.
    environment["AWS_EC2_METADATA_DISABLED"] = "true"
    environment["AWS_PAGER"] = ""
    let place = region.map { ["--region", $0] } ?? []
    return ToolInvocation(
      "aws",
      ["ssm", "get-parameter", "--name", name, "--with-decryption", "--output", "json"] + place
        + ["--cli-connect-timeout", "5", "--cli-read-timeout", "10"],
      input: identity.file.map { .secret($0) } ?? .none, environment: environment, place: .machine,
      deadline: .seconds(30))
  }
}
