import ZeroTouchModel

extension SpecRules {
  /// One way into the repository, that fits its address; and no pull secret beside a store that has it.
  mutating func checkAccess() {
    let ways = ["password", "sshKey", "app"].filter { draft.secretPlaces["repository.\($0)"] != nil }
    if let place = draft.secretPlaces["repository"], ways.count != 1 {
      report(
        ways.isEmpty
          ? "`repository` names no way in"
          : "`repository` names \(ways.count) ways in: \(ways.joined(separator: ", "))",
        "keep one of `password`, `sshKey` and `app`", at: place)
    }
    checkAddress(ways)
    checkOthers()
    if draft.secrets.hasStore, let place = draft.secretPlaces["registry"] {
      report(
        "`registry` has no effect beside a store, whose parameter `/registry/dockerconfigjson` makes the pull secret",
        "remove it, and write the parameter: zerotouch secrets push", at: place)
    }
  }

  /// What zerotouch makes has one maker, and beside a store an ExternalSecret is it.
  private mutating func checkOthers() {
    guard let place = draft.secretPlaces["others"] else { return }
    if draft.secrets.hasStore {
      report(
        "`others` has no effect beside a store, whose ExternalSecrets make these Secrets",
        "remove it, and write the parameters: zerotouch secrets push", at: place)
    }
    var makers = Set(InjectionTable.owned + [InjectionTable.platformRepository])
    for namespace in draft.secrets.registry?.namespaces ?? [] {
      makers.insert(SecretName(namespace, InjectionTable.pullSecret))
    }
    for other in draft.secrets.others {
      let name = SecretName(other.namespace, other.name)
      if other.values.isEmpty {
        report("the Secret `\(name)` has no values", "name its keys below `values`", at: place)
      }
      guard !makers.insert(name).inserted else { continue }
      report("the Secret `\(name)` is made twice", "keep one of the two", at: place)
    }
  }

  private mutating func checkAddress(_ ways: [String]) {
    guard let repository = draft.secrets.repository, ways.count == 1,
      let address = repository.url ?? draft.repoURL
    else { return }
    let isHTTPS = address.hasPrefix("https://")
    let fits = ways == ["sshKey"] ? !isHTTPS : isHTTPS
    guard !fits else { return }
    report(
      "`\(ways[0])` opens no repository at `\(address)`",
      ways == ["sshKey"] ? "name a `password` or an `app`, or an ssh address" : "name an `sshKey`, or an https address",
      at: draft.secretPlaces["repository.\(ways[0])"])
  }

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
