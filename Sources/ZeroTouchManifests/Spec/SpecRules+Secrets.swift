import ZeroTouchModel

extension SpecRules {
  /// Parameters are read with the credentials of `secrets.aws`, so those cannot be parameters.
  mutating func checkCredentials() {
    guard let aws = draft.secrets.aws else { return }
    let keys = [
      ("accessKeyID", Optional(aws.accessKeyID), "AWS_ACCESS_KEY_ID"),
      ("secretAccessKey", aws.secretAccessKey, "AWS_SECRET_ACCESS_KEY"),
      ("sessionToken", aws.sessionToken, "AWS_SESSION_TOKEN"),
    ]
    for case (let key, .parameter(let name)?, let variable) in keys {
      report(
        "`\(key)` is `ssm:\(name)`, which is read with these very credentials",
        "name another kind of reference, such as `env:\(variable)`", at: draft.secretPlaces["aws.\(key)"])
    }
  }
}
