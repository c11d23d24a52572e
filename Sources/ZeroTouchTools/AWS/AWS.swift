/// The command lines of `aws`. Credentials never stand in them: ``AWSIdentity`` hands them over.
package enum AWS {
  /// Asks the program for its own version.
  package static var version: ToolInvocation { ToolInvocation("aws", ["--version"], deadline: .localQuestion) }

  /// Asks a bucket whether what is written to it is locked.
  package static func objectLock(of bucket: ArchiveBucket, as identity: AWSIdentity) -> ToolInvocation {
    var arguments = ["s3api", "get-object-lock-configuration", "--bucket", bucket.name, "--output", "json"]
    if let region = bucket.region { arguments += ["--region", region] }
    if let endpoint = bucket.endpoint { arguments += ["--endpoint-url", endpoint] }
    arguments += ["--cli-connect-timeout", "5", "--cli-read-timeout", "10"]
    var environment = identity.variables
    // A laptop has no instance metadata, and waiting for it looks like a bucket that does not answer.
    environment["AWS_EC2_METADATA_DISABLED"] = "true"
    environment["AWS_MAX_ATTEMPTS"] = "2"
    environment["AWS_PAGER"] = ""
    return ToolInvocation(
      "aws", arguments, input: identity.file.map { .secret($0) } ?? .none, environment: environment, place: .machine,
      deadline: .seconds(30))
  }
}
