import ZeroTouchManifests
import ZeroTouchModel

/// Keys of machines in clear.
extension Rule {
  static let machineSecretsInClear = Rule(
    "ZT204", .error, "a machine configuration with its keys in clear",
    why: "whoever reads the repository can join the cluster, sign certificates for it and read its etcd",
    remedy: "keep patches in Git and the secrets bundle out of it; make new secrets, for these are known",
    example: Example(
      wrong: "machine: {type: controlplane, token: abcdef.0123, ca: {key: LS0t…}}",
      right: "machine: {install: {disk: /dev/disk/by-id/…}}"),
    check: { survey in
      let paths = [
        ["machine", "ca", "key"], ["machine", "token"], ["cluster", "ca", "key"], ["cluster", "token"],
        ["cluster", "secret"],
        ["cluster", "aggregatorCA", "key"], ["cluster", "serviceAccount", "key"],
        ["cluster", "secretboxEncryptionSecret"],
        ["cluster", "etcd", "ca", "key"],
      ]
      let machines = survey.tree.files.flatMap(\.documents).compactMap { document -> Violation? in
        guard document["kind"] == nil, document["sops"] == nil,
          document["machine"] != nil || document["cluster"] != nil,
          let path = paths.first(where: { isGivenAway(document.node(at: $0)) })
        else { return nil }
        return Violation(
          at: document.place(at: path), "`\(path.joined(separator: "."))` stands here for everybody to read")
      }
      let bundles = survey.tree.files.flatMap(\.documents).compactMap { document -> Violation? in
        guard document["sops"] == nil, document["certs"]?["os"] != nil, document["secrets"]?.entries != nil,
          isGivenAway(document.node(at: ["certs", "os", "key"]))
        else { return nil }
        return Violation(
          at: document.place(at: ["certs", "os", "key"]), "Talos's secrets bundle stands here for everybody to read")
      }
      return machines + bundles
    })

  private static func isGivenAway(_ node: LocatedYAML?) -> Bool {
    guard let text = node?.text, text.utf8.count >= 8 else { return false }
    return !SecretText.isReference(text) && !SecretText.isPlaceholder(text)
  }

  static let talosconfigInClear = Rule(
    "ZT205", .error, "a talosconfig in the repository",
    why: "its key is that of the machines' administrator: whoever reads it can wipe every disk",
    remedy: "take it out, and make new client credentials",
    example: Example(
      wrong: "contexts: {prod: {key: LS0t…}}", right: "# talosconfig lies in .zerotouch/, which Git ignores"),
    check: { survey in
      survey.tree.paths.sorted().flatMap { path -> [Violation] in
        let isNamed = path == "talosconfig" || path.hasSuffix("/talosconfig")
        var documents = survey.tree[path]?.documents ?? []
        if isNamed, documents.isEmpty, let text = survey.tree.text(of: path) {
          documents = (try? LocatedYAML.documents(of: text, file: path)) ?? []
        }
        return documents.filter { $0["sops"] == nil }.flatMap { document in
          (document["contexts"]?.entries ?? []).compactMap { context in
            guard context.value["endpoints"] != nil || isNamed, isGivenAway(context.value["key"]) else { return nil }
            return Violation(
              at: context.value.place(at: ["key"]),
              "the talosconfig's context `\(context.key)` carries its key in clear")
          }
        }
      }
    })

  static let samePKI = Rule(
    "ZT206", .error, "two clusters with the same PKI",
    why: "the administrator of one is that of the other: a leak in `dev` opens production",
    remedy: "make a secrets bundle for each cluster",
    example: Example(wrong: "dev and production: cluster.ca.crt: LS0tQ…", right: "a bundle for each"),
    check: { survey in
      var owners: [String: Authority] = [:]
      return Authority.all(in: survey).compactMap { authority in
        guard let first = owners[authority.certificate] else {
          owners[authority.certificate] = authority
          return nil
        }
        guard let (one, other) = first.differs(from: authority) else { return nil }
        return Violation(at: authority.location, "\(one) and \(other) have the same certificate authority")
      }
    })
}

/// A certificate authority with whose it is.
private struct Authority {
  let certificate: String
  let cluster: String?
  /// The environment that the file's path names.
  let environment: String?
  let location: SourceLocation

  /// Every authority of machine configurations and of Talos's secrets bundles.
  static func all(in survey: Survey) -> [Authority] {
    survey.tree.files.flatMap { file in
      file.documents.compactMap { document -> Authority? in
        guard document["kind"] == nil else { return nil }
        let isBundle = document["certs"]?["os"] != nil
        let paths =
          isBundle
          ? [["certs", "k8s", "crt"], ["certs", "os", "crt"]]
          : [["cluster", "ca", "crt"], ["machine", "ca", "crt"]]
        let path = paths.first { path in
          document.node(at: path)?.text.map { $0.utf8.count >= 8 && !SecretText.isReference($0) } ?? false
        }
        guard let path, let text = document.node(at: path)?.text else { return nil }
        return Authority(
          certificate: text, cluster: document["cluster"]?["clusterName"]?.text,
          environment: EnvironmentName.meaning(ofPath: file.path), location: document.place(at: path))
      }
    }
  }

  /// The two that have it, where they are not one.
  func differs(from other: Authority) -> (String, String)? {
    if let cluster, let theirs = other.cluster, cluster != theirs {
      return ("the clusters `\(cluster)`", "`\(theirs)`")
    }
    guard let environment, let theirs = other.environment, environment != theirs else { return nil }
    return ("the environments `\(environment)`", "`\(theirs)`")
  }
}
