import ZeroTouchManifests
import ZeroTouchModel

/// Credentials that lie in the repository for everybody to read.
extension Rule {
  static let plainSecret = Rule(
    "ZT401", .error, "a Secret in clear",
    why: "base64 is no encryption: whoever reads the repository, or ever read it, has what the Secret opens",
    remedy: "let an ExternalSecret make it, or encrypt the file, and replace what it held: it is known now",
    example: Example(
      wrong: "kind: Secret\nstringData: {password: hunter2-Kq}",
      right: "kind: ExternalSecret\nspec: {data: [{secretKey: password, remoteRef: {key: /shop/password}}]}"),
    check: { survey in
      let rules = SOPSConfiguration.all(in: survey.tree)
      let secrets = survey.manifests(ofKind: "Secret").compactMap { secret -> Violation? in
        guard secret.isPlainSecret, !rules.covers(secret.file), !survey.illustrations.isSample(secret.file),
          let found = secret.secretEntries.first(where: { isGivenAway($0.entry.key, $0.text) })
        else { return nil }
        return Violation(
          at: found.entry.keyLocation, "the Secret `\(secret.name)` holds `\(found.entry.key)` for everybody to read",
          severity: isForShow(secret, found.text) ? .warning : nil)
      }
      let kustomizations = survey.kustomizations.folders.compactMap { survey.kustomizations.all[$0] }
      return secrets
        + kustomizations.filter { !survey.illustrations.contains($0.file) }.flatMap {
          generated($0) + GeneratedSecretFiles.violations($0, in: survey.tree, isGivenAway)
        } + ChartSecrets.violations(survey, isGivenAway)
    })

  /// Whether a Secret is there to try something out with, by its folder, its name or what it says.
  private static func isForShow(_ secret: Manifest, _ text: String) -> Bool {
    let names = RepositoryTree.parent(of: secret.file).split(separator: "/").map(String.init) + [secret.name]
    return names.contains(where: SecretText.isForShow) || SecretText.isForShow(text)
  }

  private static func isGivenAway(_ key: String, _ text: String) -> Bool {
    !SecretText.isHarmless(key: key, text) && !SecretText.isReference(text) && !SecretText.isPlaceholder(text)
  }

  private static func generated(_ kustomization: Kustomization) -> [Violation] {
    (kustomization.body["secretGenerator"]?.items ?? []).flatMap { generator in
      (generator["literals"]?.items ?? []).compactMap { literal -> Violation? in
        guard let text = literal.text, let split = text.firstIndex(of: "="),
          isGivenAway(String(text[..<split]), String(text[text.index(after: split)...]))
        else { return nil }
        let name = generator["name"]?.text ?? ""
        return Violation(
          at: literal.location, "the generated Secret `\(name)` gets `\(text[..<split])` for everybody to read")
      }
    }
  }

  static let privateKeyInClear = Rule(
    "ZT402", .error, "a private key in clear",
    why: "whoever reads the repository, or ever read it, can act as its owner",
    remedy: "take it out, make a new key, and keep that one in the secret store",
    example: Example(
      wrong: "sshKey: |\n  -----BEGIN OPENSSH PRIVATE KEY-----\n  b3Bl…",
      right: "sshKeySecretRef: {name: deploy, key: ssh}"),
    check: { survey in
      survey.texts { $0 == .privateKey ? "a private key stands here for everybody to read" : nil }
        + survey.keyFiles { $0 == .privateKey ? "the file holds a private key for everybody to read" : nil }
    })

  static let tokenInClear = Rule(
    "ZT403", .error, "a token in clear",
    why: "tokens are looked for in public and leaked repositories by machines, within minutes",
    remedy: "revoke it, make a new one, and keep that one in the secret store",
    example: Example(wrong: "token: ghp_…", right: "tokenSecretRef: {name: github, key: token}"),
    check: { survey in
      let what = { (pattern: CredentialPattern) -> String? in
        guard case .token(let issuer) = pattern else { return nil }
        return "a token of \(issuer) stands here for everybody to read"
      }
      return survey.texts(what) + survey.scripts(what)
    })

  static let passwordInAddress = Rule(
    "ZT404", .error, "a password inside an address",
    why: "addresses are logged, shown in interfaces and copied; the password goes with them",
    remedy: "keep the whole address in a Secret, or put the password in by a variable that comes from one",
    example: Example(
      wrong: "url: postgres://shop:Kq93hd@db/shop", right: "url: postgres://shop:$(PASSWORD)@db/shop"),
    check: { survey in
      survey.texts { $0 == .address ? "the address carries a password for everybody to read" : nil }
        .filter { !survey.illustrations.contains($0.location.file) }
    })

  static let keyBesideItsCipher = Rule(
    "ZT407", .error, "a key beside what it opens",
    why: "encryption whose key lies in the same repository protects nothing",
    remedy: "take the key out of the repository, encrypt everything to a new one, and replace what was encrypted",
    example: Example(wrong: "keys.txt: AGE-SECRET-KEY-1…", right: ".sops.yaml: creation_rules: [{age: age1…}]"),
    check: { survey in
      let keys =
        survey.texts { $0 == .ageKey ? "the key that decrypts the repository's files stands here" : nil }
        + survey.keyFiles { $0 == .ageKey ? "the file holds the key that decrypts the repository's files" : nil }
      let answers = survey.tree.files.flatMap(\.documents) + survey.vaultAnswers
      return keys + answers.compactMap(unsealing)
    })

  /// What a vault answers to `init`: its unseal keys and its root token.
  private static func unsealing(_ document: LocatedYAML) -> Violation? {
    let names = ["unseal_keys_b64", "unseal_keys_hex", "keys_base64", "recovery_keys_b64"]
    guard document["root_token"]?.text?.isEmpty == false || document["recovery_keys_b64"] != nil,
      let entry = document.entries?.first(where: { names.contains($0.key) && $0.value.items?.isEmpty == false })
    else { return nil }
    guard entry.value.items?.contains(where: { $0.text.map(SecretText.isReference) == false }) == true else {
      return nil
    }
    return Violation(at: entry.keyLocation, "the keys that unseal the secret store stand here")
  }

  static let clientCredentialsInClear = Rule(
    "ZT408", .error, "a kubeconfig with credentials",
    why: "whoever reads the repository can act on the cluster",
    remedy: "take it out and revoke the credentials; clients get theirs when they sign in",
    example: Example(
      wrong: "kind: Config\nusers: [{user: {client-key-data: LS0t…}}]",
      right: "kind: Config\nusers: [{user: {exec: {…}}}]"),
    check: { survey in
      survey.tree.files.flatMap(\.documents).filter { $0["kind"]?.text == "Config" && $0["clusters"] != nil }
        .flatMap { document in
          (document["users"]?.items ?? []).compactMap { user in
            let names = ["client-key-data", "token", "password"]
            guard let entry = user["user"]?.entries?.first(where: { names.contains($0.key) }),
              let text = entry.value.text, !SecretText.isReference(text), !SecretText.isPlaceholder(text)
            else { return nil }
            return Violation(
              at: entry.keyLocation,
              "the kubeconfig's user `\(user["name"]?.text ?? "")` carries its `\(entry.key)` in clear")
          }
        }
    })
}

extension Survey {
  /// A violation for every text of the tree that the judge has something to say about. Secrets are told as a whole, and
  /// machine configurations have rules of their own.
  fileprivate func texts(_ judge: (CredentialPattern) -> String?) -> [Rule.Violation] {
    memory.credentials.value { textCredentials }.compactMap { found in
      judge(found.pattern).map { Rule.Violation(at: found.location, $0) }
    }
  }

  private var textCredentials: [TextCredential] {
    var found: [TextCredential] = []
    for document in tree.files.flatMap(\.documents) {
      let isSecret = document["kind"]?.text == "Secret" && document["apiVersion"]?.text == "v1"
      if isSecret || document["machine"] != nil || document["cluster"]?["inlineManifests"] != nil
        || document["sops"] != nil
      {
        continue
      }
      document.eachText { _, node, text in
        if let pattern = CredentialPattern.first(in: text) {
          found.append(TextCredential(pattern: pattern, location: place(of: pattern, in: text, at: node)))
        }
      }
    }
    return found
  }

  /// The line of a text that gives something away.
  private func place(of pattern: CredentialPattern, in text: String, at node: LocatedYAML) -> SourceLocation {
    guard text.contains(where: \.isNewline) else { return node.location }
    let line = text.split(whereSeparator: \.isNewline).first { line in
      if pattern == .privateKey { return line.contains("-----BEGIN ") && line.contains("PRIVATE KEY") }
      return CredentialPattern.first(in: String(line)) == pattern
    }
    return line.map { place(ofLine: $0, in: node) } ?? node.location
  }

  /// A violation for every file that is named like one with keys in it.
  fileprivate func keyFiles(_ judge: (CredentialPattern) -> String?) -> [Rule.Violation] {
    tree.paths.sorted().compactMap { path in
      let name = path.split(separator: "/").last.map(String.init) ?? ""
      guard tree[path] == nil, Self.mayHoldKeys(name), !RepositoryTree.isTestData(path), let text = tree.text(of: path),
        text.utf8.count < 1 << 20
      else { return nil }
      for (index, _) in text.lines.enumerated().lazy
        .filter({ $1.contains("PRIVATE KEY-----") || $1.hasPrefix("AGE-SECRET-KEY-1") })
      {
        guard let what = CredentialPattern.first(in: text).flatMap(judge) else { return nil }
        return Rule.Violation(at: SourceLocation(file: path, line: index + 1, column: 1), what)
      }
      return nil
    }
  }

  /// A violation for the first line of a script that the judge has something to say about.
  fileprivate func scripts(_ judge: (CredentialPattern) -> String?) -> [Rule.Violation] {
    let endings = [".sh", ".bash", ".env", ".tf", ".tfvars", ".py", ".mk", ".toml", ".ini", ".properties"]
    return tree.paths.sorted().compactMap { path in
      let name = path.split(separator: "/").last.map(String.init) ?? ""
      guard tree[path] == nil,
        endings.contains(where: name.hasSuffix) || name.hasPrefix(".env")
          || ["Makefile", "Justfile", "justfile", "Dockerfile"].contains(name),
        !RepositoryTree.isTestData(path), let text = tree.text(of: path), text.utf8.count < 1 << 20,
        CredentialPattern.first(in: text) != nil
      else { return nil }
      for (index, line) in text.lines.enumerated() {
        guard let what = CredentialPattern.first(in: String(line)).flatMap(judge) else { continue }
        return Rule.Violation(at: SourceLocation(file: path, line: index + 1, column: 1), what)
      }
      return nil
    }
  }

  /// JSON that is called like what a vault answered: other JSON is nobody's manifest, and not read.
  fileprivate var vaultAnswers: [LocatedYAML] {
    tree.paths.sorted().flatMap { path -> [LocatedYAML] in
      let name = (path.split(separator: "/").last ?? "").lowercased()
      guard name.hasSuffix(".json"), tree[path] == nil,
        ["init", "unseal", "vault", "bao"].contains(where: name.contains), !RepositoryTree.isTestData(path),
        let text = tree.text(of: path), text.utf8.count < 1 << 16
      else { return [] }
      return (try? LocatedYAML.documents(of: text, file: path)) ?? []
    }
  }

  private static func mayHoldKeys(_ name: String) -> Bool {
    [".pem", ".key", ".agekey", ".age", "keys.txt", "key.txt", ".env"].contains(where: name.hasSuffix)
      || ["id_rsa", "id_ed25519", "id_ecdsa", "identity"].contains(name)
  }
}
