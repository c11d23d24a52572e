import ZeroTouchManifests
import ZeroTouchModel

/// Files that SOPS should have encrypted, all of it, and for the right people.
extension Rule {
  static let sopsNotEncrypted = Rule(
    "ZT411", .error, "a file that is to be encrypted and is not",
    why: "it is named or configured as encrypted, so nobody looks at it again, and everybody can read it",
    remedy: "run `sops --encrypt --in-place` on it, and replace what it held: it is known now",
    example: Example(
      wrong: "# db.sops.yaml\nstringData: {password: Kq93hd}",
      right: "stringData: {password: \"ENC[AES256_GCM,…]\"}\nsops: {…}"),
    check: { survey in
      let rules = SOPSConfiguration.all(in: survey.tree)
      let others = survey.tree.paths.sorted().compactMap { bare($0, rules, survey.tree) }
      return others
        + survey.tree.files.compactMap { file -> Violation? in
          let name = file.path.split(separator: "/").last.map(String.init) ?? ""
          guard name != ".sops.yaml", !file.documents.isEmpty, file.documents.allSatisfy({ $0["sops"] == nil }) else {
            return nil
          }
          let isNamed = [".sops.yaml", ".sops.yml", ".sops.json", ".enc.yaml", ".enc.yml"].contains(
            where: name.hasSuffix)
          let secret = Manifest.all(in: file.documents).first { $0.isPlainSecret && $0.holdsSomething }
          let rule = rules.rule(for: file.path)
          let isMeant = rule?.isAboutSecrets == true && file.documents.contains(where: mayBeSecret)
          guard isNamed || isMeant || (secret != nil && rule != nil) else { return nil }
          // Values of another tool, or none at all, give nothing away.
          guard file.documents.contains(where: { $0.entries?.isEmpty == false }) else { return nil }
          let place =
            secret?.secretEntries.first?.entry.keyLocation ?? SourceLocation(file: file.path, line: 1, column: 1)
          return Violation(
            at: place,
            isNamed
              ? "`\(name)` is named as encrypted and is not" : "`\(name)` is to be encrypted by .sops.yaml and is not")
        }
    })

  /// Whether a document can hold a secret: values do, and few kinds of objects.
  private static func mayBeSecret(_ document: LocatedYAML) -> Bool {
    guard document["resources"]?.items == nil, document.entries?.isEmpty == false else { return false }
    return document["kind"]?.text.map { ["Secret", "ConfigMap"].contains($0) } ?? true
  }

  /// Endings of what everybody may read: texts, and patterns of files that something else fills in.
  private static let readable = [
    ".md", ".pub", ".example", ".sample", ".gitkeep", ".gitignore", ".tmpl", ".tpl", ".template", ".j2", ".dist",
  ]

  /// A file of another form than YAML that a rule about secrets names, such as `.env`.
  private static func bare(_ path: String, _ rules: SOPSConfiguration, _ tree: RepositoryTree) -> Violation? {
    guard tree[path] == nil, let rule = rules.rule(for: path), rule.isAboutSecrets,
      !readable.contains(where: path.hasSuffix),
      let text = tree.text(of: path), !text.isEmpty, text.utf8.count < 1 << 20,
      !["sops_mac=", "\"sops\"", "ENC[AES256", "[sops]"].contains(where: text.contains)
    else { return nil }
    return Violation(
      at: SourceLocation(file: path, line: 1, column: 1), "`\(path)` is to be encrypted by .sops.yaml and is not")
  }

  static let sopsPartly = Rule(
    "ZT412", .error, "a Secret that is encrypted in part",
    why: "a value that was added after the encryption, or that no pattern names, stands there in clear",
    remedy: "run `sops --encrypt` on the whole file again, and look at `encrypted_regex` in .sops.yaml",
    example: Example(
      wrong: "stringData: {password: \"ENC[…]\", token: Kq93hd}",
      right: "stringData: {password: \"ENC[…]\", token: \"ENC[…]\"}"),
    check: { survey in
      survey.manifests(ofKind: "Secret").compactMap { secret in
        guard secret.group.isEmpty, SOPSMetadata(secret.body) != nil else { return nil }
        let entries = (secret["data"]?.entries ?? []) + (secret["stringData"]?.entries ?? [])
        guard let plain = entries.first(where: { isPlain($0.value) }) else { return nil }
        return Violation(
          at: plain.keyLocation, "`\(plain.key)` of the Secret `\(secret.name)` stands in clear in an encrypted file")
      }
    })

  private static func isPlain(_ value: LocatedYAML) -> Bool {
    guard let text = value.text else { return false }
    return !text.isEmpty && !text.hasPrefix("ENC[") && !SecretText.isReference(text)
  }

  static let sopsNotCovered = Rule(
    "ZT413", .warning, "an encrypted file that .sops.yaml does not name",
    why: "`sops updatekeys` passes it by: it stays encrypted for people who left, and not for those who came",
    remedy: "widen `path_regex` of a rule in .sops.yaml, or move the file",
    example: Example(
      wrong: "creation_rules: [{path_regex: ^secrets/}]   # and apps/db.sops.yaml",
      right: "creation_rules: [{path_regex: \\.sops\\.yaml$}]"),
    check: { survey in
      let rules = SOPSConfiguration.all(in: survey.tree)
      return survey.encryptedFiles { file, metadata in
        guard rules.knows(file), !rules.covers(file) else { return nil }
        return "no rule of .sops.yaml names `\(file)`"
      }
    })

  static let sopsRecipients = Rule(
    "ZT414", .error, "a file that is encrypted for others than .sops.yaml says",
    why: "the cluster cannot decrypt it, or somebody can who should not",
    remedy: "run `sops updatekeys` on it",
    example: Example(
      wrong: ".sops.yaml: age: age1new…\ndb.sops.yaml: sops: {age: [{recipient: age1old…}]}",
      right: "db.sops.yaml: sops: {age: [{recipient: age1new…}]}"),
    check: { survey in
      let rules = SOPSConfiguration.all(in: survey.tree)
      return survey.encryptedFiles { file, metadata in
        guard let rule = rules.rule(for: file), rule.isComparable, rule.recipients != metadata.recipients else {
          return nil
        }
        let missing = rule.recipients.subtracting(metadata.recipients).sorted()
        let extra = metadata.recipients.subtracting(rule.recipients).sorted()
        let words = missing.map { "not for `\($0)`" } + extra.map { "for `\($0)`, whom .sops.yaml does not name" }
        return "the file is encrypted \(words.joined(separator: " and "))"
      }
    })
}

extension Manifest {
  fileprivate var holdsSomething: Bool {
    secretEntries.contains {
      !SecretText.isHarmless(key: $0.entry.key, $0.text) && !SecretText.isReference($0.text)
        && !SecretText.isPlaceholder($0.text)
    }
  }
}

extension Survey {
  fileprivate func encryptedFiles(_ judge: (String, SOPSMetadata) -> String?) -> [Rule.Violation] {
    tree.files.compactMap { file in
      guard let metadata = file.documents.lazy.compactMap({ SOPSMetadata($0) }).first,
        let what = judge(file.path, metadata)
      else { return nil }
      return Rule.Violation(at: metadata.location, what)
    }
  }
}
