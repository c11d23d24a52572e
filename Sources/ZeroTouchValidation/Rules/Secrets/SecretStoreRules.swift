import ZeroTouchManifests
import ZeroTouchModel

/// The stores that ExternalSecrets read, and how they get in.
extension Rule {
  static let storeMissing = Rule(
    "ZT421", .error, "an ExternalSecret without its store",
    why: "the Secret is never made, and what waits for it never starts",
    remedy: "correct the name or kind in `secretStoreRef`, or add the store",
    example: Example(
      wrong: "secretStoreRef: {kind: SecretStore, name: aws}   # and there is a ClusterSecretStore",
      right: "secretStoreRef: {kind: ClusterSecretStore, name: aws}"),
    check: { survey in
      survey.graphs.flatMap { graph -> [Violation] in
        let cluster = graph.cluster
        guard cluster.unknowns.isEmpty, !StoreReference.areElsewhere(graph) else { return [] }
        let stores = Set(cluster.objects.compactMap(SecretStoreName.init))
        return cluster.externalSecrets.map(\.object).flatMap(StoreReference.all).compactMap { reference in
          guard !stores.contains(reference.store) else { return nil }
          let wanted = reference.store
          let near = stores.contains { $0.name == wanted.name } ? ", though something else is called that" : ""
          return Violation(
            at: survey.place(of: reference.manifest, at: reference.path + ["name"]),
            "there is no \(wanted.kind) `\(wanted.name)` for the ExternalSecret `\(reference.manifest.name)`\(near)")
        }
      }
    })

  static let externalSecretsVersion = Rule(
    "ZT422", .error, "an API version that the pinned External Secrets does not serve",
    why:
      "`external-secrets.io/v1beta1` is served up to 0.16 and `v1` from 0.16 on: anything else is refused by the API server",
    remedy: "write the version that the chart serves",
    example: Example(
      wrong: "apiVersion: external-secrets.io/v1beta1   # and the chart at 2.9.0",
      right: "apiVersion: external-secrets.io/v1"),
    check: { survey in
      survey.clusters.flatMap { cluster -> [Violation] in
        let revisions = cluster.applications.flatMap(\.sources).filter { $0.chart == "external-secrets" }.map(
          \.revision)
        guard let revision = revisions.first, let version = numbers(revision), Set(revisions).count == 1 else {
          return []
        }
        let served: Set<String> =
          version < (0, 16) ? ["v1beta1", "v1alpha1"] : version < (0, 17) ? ["v1", "v1beta1"] : ["v1"]
        return cluster.objects.compactMap { object in
          let kinds = ["ExternalSecret", "SecretStore", "ClusterSecretStore", "ClusterExternalSecret"]
          let manifest = object.manifest
          // What pushes is at its first version still.
          let pushes = ["PushSecret", "ClusterPushSecret"].contains(manifest.kind)
          guard manifest.group == "external-secrets.io", kinds.contains(manifest.kind) || pushes,
            !(pushes ? ["v1alpha1"] : served).contains(manifest.version)
          else { return nil }
          return Violation(
            at: survey.place(of: manifest, at: "apiVersion"),
            "the \(manifest.kind) `\(manifest.name)` is of `\(manifest.apiVersion)`, which External Secrets \(revision) does not serve"
          )
        }
      }
    })

  private static func numbers(_ revision: String) -> (Int, Int)? {
    let parts = revision.drop { $0 == "v" }.split(separator: ".").prefix(2).compactMap { Int($0) }
    return parts.count == 2 ? (parts[0], parts[1]) : nil
  }

  static let storeCredentialsWithoutNamespace = Rule(
    "ZT423", .error, "a ClusterSecretStore that does not say where its credentials lie",
    why:
      "it shows Ready without looking, and then searches the credentials in the namespace of each ExternalSecret, where they are not",
    remedy: "add `namespace` to every Secret it refers to",
    example: Example(
      wrong: "accessKeyIDSecretRef: {name: aws, key: id}",
      right: "accessKeyIDSecretRef: {name: aws, key: id, namespace: external-secrets}"),
    check: { survey in
      survey.stores.filter { $0.object.manifest.kind == "ClusterSecretStore" }.compactMap { _, object in
        let references =
          object.manifest.storeCredentials.map { ($0, "Secret") }
          + object.manifest.references(endingWith: "serviceaccountref").map { ($0, "ServiceAccount") }
        guard let (reference, kind) = references.first(where: { $0.0.node["namespace"] == nil }) else { return nil }
        return Violation(
          at: survey.place(of: object.manifest, at: reference.path),
          "the ClusterSecretStore `\(object.manifest.name)` names no namespace for the \(kind) `\(reference.name)`")
      }
    })

  static let sessionTokenKeyEmpty = Rule(
    "ZT424", .error, "an empty session token",
    why: "requests are signed with a token that is empty, and AWS refuses every one of them",
    remedy: "take `sessionTokenSecretRef` away: only temporary credentials have a session token",
    example: Example(
      wrong: "sessionTokenSecretRef: {name: aws, key: \"\"}", right: "accessKeyIDSecretRef: {name: aws, key: id}"),
    check: { survey in
      survey.stores.compactMap { cluster, object in
        let manifest = object.manifest
        let known = { (name: String, namespace: String?) in
          cluster.objects.first {
            $0.manifest.isPlainSecret && $0.manifest.name == name && (namespace == nil || $0.namespace == namespace)
          }?.manifest
        }
        for reference in manifest.storeCredentials where reference.path.last == "sessionTokenSecretRef" {
          let key = reference.node["key"]?.text ?? ""
          let held = known(reference.name, reference.node["namespace"]?.text)?.secretEntries.first {
            $0.entry.key == key
          }
          guard reference.name.isEmpty || key.isEmpty || held?.text.isEmpty == true else { continue }
          return Violation(
            at: survey.place(of: manifest, at: reference.path),
            "the session token of the \(manifest.kind) `\(manifest.name)` is empty")
        }
        return nil
      }
    })

  static let storeReadsItself = Rule(
    "ZT425", .error, "a store whose credentials come out of itself",
    why: "the store needs the Secret to read, and the Secret is made by reading the store: neither ever comes",
    remedy: "give the store credentials that come from elsewhere, such as `zerotouch inject-secrets`",
    example: Example(
      wrong: "ClusterSecretStore aws ← Secret aws-access-token ← ExternalSecret ← ClusterSecretStore aws",
      right: "ClusterSecretStore aws ← Secret aws-access-token, injected"),
    check: { survey in
      survey.stores.compactMap { cluster, object in
        guard let store = SecretStoreName(object) else { return nil }
        let made = cluster.externalSecrets.filter { $0.store == store }.map { secret, _ in
          (secret.manifest["spec", "target", "name"]?.text ?? secret.manifest.name, secret.namespace)
        }
        let reference = object.manifest.storeCredentials.first { reference in
          made.contains { $0 == (reference.name, reference.node["namespace"]?.text ?? object.namespace) }
        }
        return reference.map {
          Violation(
            at: survey.place(of: object.manifest, at: $0.path),
            "the \(object.manifest.kind) `\(object.manifest.name)` needs the Secret `\($0.name)`, which is made by reading it"
          )
        }
      }
    })

  static let parameterNameMalformed = Rule(
    "ZT428", .error, "a parameter whose name cannot be one",
    why:
      "Parameter Store knows names such as `/zerotouch/prod/git/token` only: the ExternalSecret fails, and the store shows Ready",
    remedy: "write one `/` before every part of the name, after the store's prefix too",
    example: Example(
      wrong: "prefix: /zerotouch/prod   # and remoteRef: {key: git/token}",
      right: "prefix: /zerotouch/prod   # and remoteRef: {key: /git/token}"),
    check: { survey in
      // Stages give one key different prefixes: it is malformed once.
      var told: Set<SourceLocation> = []
      return survey.clusters.flatMap { cluster -> [Violation] in
        let stores = Dictionary(
          cluster.objects.compactMap { object in SecretStoreName(object).map { ($0, object.manifest) } },
          uniquingKeysWith: { first, _ in first })
        return cluster.externalSecrets.flatMap { object, name -> [Violation] in
          guard let aws = name.flatMap({ stores[$0] })?["spec", "provider", "aws"],
            aws["service"]?.text == "ParameterStore"
          else { return [] }
          let prefix = aws["prefix"]?.text ?? ""
          return (object.manifest["spec", "data"]?.items ?? []).enumerated().compactMap { index, item in
            guard let key = item["remoteRef"]?["key"]?.text, !key.hasPrefix("arn:"), let problem = problem(prefix, key)
            else { return nil }
            let place = survey.place(of: object.manifest, at: "spec", "data", String(index), "remoteRef", "key")
            guard told.insert(place).inserted else { return nil }
            return Violation(
              at: place,
              "the parameter of `\(item["secretKey"]?.text ?? "")` would be `\(prefix)\(key)`, \(problem)")
          }
        }
      }
    })

  private static func problem(_ prefix: String, _ key: String) -> String? {
    let name = prefix + key
    let part = prefix.hasSuffix("/") ? prefix : prefix + "/"
    if prefix.count > 1, key.hasPrefix(part) { return "with the store's prefix in it twice" }
    if name.contains("//") { return "with an empty part" }
    if !prefix.isEmpty, !prefix.hasSuffix("/"), !key.hasPrefix("/") { return "with the prefix and the key in one word" }
    if name.contains("/"), !name.hasPrefix("/") { return "which has parts and does not begin with `/`" }
    if name.hasSuffix("/") { return "which ends with `/`" }
    let strange = name.first { !($0.isASCII && ($0.isLetter || $0.isNumber)) && !"/_.-".contains($0) }
    if let strange { return "and no name may hold `\(strange)`" }
    return name.split(separator: "/").count > 15 ? "which has more than 15 parts" : nil
  }
}

extension ClusterView {
  /// The ExternalSecrets with the stores they read; nil where one names none for all of its keys.
  var externalSecrets: [(object: PlacedObject, store: SecretStoreName?)] {
    objects.filter { $0.manifest.kind == "ExternalSecret" && $0.manifest.group == "external-secrets.io" }.map {
      object in
      let reference = object.manifest["spec", "secretStoreRef"]
      let name = reference?["name"]?.text.map {
        SecretStoreName(kind: reference?["kind"]?.text ?? "SecretStore", namespace: object.namespace, name: $0)
      }
      return (object, name)
    }
  }
}

extension Manifest {
  /// The references to Secrets by which a store gets in.
  var storeCredentials: [(path: [String], node: LocatedYAML, name: String)] { references(endingWith: "secretref") }

  /// What a store's provider refers to, under keys that end so.
  func references(endingWith ending: String) -> [(path: [String], node: LocatedYAML, name: String)] {
    var found: [(path: [String], node: LocatedYAML, name: String)] = []
    func walk(_ node: LocatedYAML, _ path: [String]) {
      for entry in node.entries ?? [] {
        let key = entry.key.lowercased()
        if key.hasSuffix(ending), entry.value["name"] != nil || entry.value["key"] != nil {
          found.append((path + [entry.key], entry.value, entry.value["name"]?.text ?? ""))
        } else {
          walk(entry.value, path + [entry.key])
        }
      }
    }
    if let provider = self["spec", "provider"] { walk(provider, ["spec", "provider"]) }
    return found
  }
}

extension Survey {
  /// The secret stores of every cluster.
  fileprivate var stores: [(cluster: ClusterView, object: PlacedObject)] {
    placed(["SecretStore", "ClusterSecretStore"]).filter { $0.object.manifest.group == "external-secrets.io" }
  }
}
