extension AWS {
  /// Prints the credentials that `aws` itself would use, whatever profile, login or role they come from.
  ///
  /// - Parameter identity: Who asks; somebody without keys of their own.
  package static func exportCredentials(as identity: AWSIdentity) -> ToolInvocation {
    var environment = identity.variables
    environment["AWS_EC2_METADATA_DISABLED"] = "true"
    environment["AWS_PAGER"] = ""
    return ToolInvocation(
      "aws", ["configure", "export-credentials", "--format", "process"], environment: environment, place: .machine,
      deadline: .seconds(60))
  }
}
