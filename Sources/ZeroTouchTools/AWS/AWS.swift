/// The command lines of `aws`. Credentials never stand in them: it reads them where it always does.
package enum AWS {
  /// Asks the program for its own version.
  package static var version: ToolInvocation { ToolInvocation("aws", ["--version"], deadline: .localQuestion) }

  /// The variables that say who one is; they are handed on to `aws` alone.
  package static let variables = [
    "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE", "AWS_CA_BUNDLE",
  ]

  /// Asks a bucket whether what is written to it is locked.
  ///
  /// - Parameter identity: Variables of the caller's own that say who asks.
  package static func objectLock(of bucket: ArchiveBucket, as identity: [String: String]) -> ToolInvocation {
    var arguments = ["s3api", "get-object-lock-configuration", "--bucket", bucket.name, "--output", "json"]
    if let region = bucket.region { arguments += ["--region", region] }
    if let endpoint = bucket.endpoint { arguments += ["--endpoint-url", endpoint] }
    arguments += ["--cli-connect-timeout", "5", "--cli-read-timeout", "10"]
    var environment = identity.filter { variables.contains($0.key) }
    // A laptop has no instance metadata, and waiting for it looks like a bucket that does not answer.
    environment["AWS_EC2_METADATA_DISABLED"] = "true"
    environment["AWS_MAX_ATTEMPTS"] = "2"
    environment["AWS_PAGER"] = ""
    return ToolInvocation("aws", arguments, environment: environment, place: .machine, deadline: .seconds(30))
  }
}
