import ZeroTouchManifests
import ZeroTouchModel

/// Names and keys that drift between what makes a Secret and what reads it.
extension Rule {
  static let keyNotProduced = Rule(
    "ZT426", .error, "a key that the Secret or ConfigMap does not have",
    why: "the container does not start, or the store does not get in, though the Secret is there",
    remedy: "write the same key on both sides",
    example: Example(
      wrong: "secretKeyRef: {name: db, key: pass}   # and the ExternalSecret makes `password`",
      right: "secretKeyRef: {name: db, key: password}"),
    check: { survey in
      survey.graphs.flatMap { graph -> [Violation] in
        let cluster = graph.cluster
        let inventory = SecretInventory(cluster)
        let settings = SecretInventory.configMaps(of: cluster)
        func missing(_ use: SecretKeyUse) -> String? {
          let known =
            use.kind == "Secret"
            ? inventory.keys(of: use.name, in: use.namespace)
            : settings[.init(namespace: use.namespace ?? "", name: use.name)]
          guard let keys = known, !keys.contains(use.key) else { return nil }
          let others = keys.sorted().map { "`\($0)`" }.joined(separator: ", ")
          return "the \(use.kind) `\(use.name)` has no key `\(use.key)`\(others.isEmpty ? "" : ", only \(others)")"
        }
        let composed = graph.composed.byClaim.flatMap { index, parts in
          let claim = cluster.objects[index].manifest
          return parts.flatMap(SecretKeyUse.all).compactMap { use -> Violation? in
            guard let what = missing(use), let path = claim.field(saying: use.name, named: use.kind.lowercased()) else {
              return nil
            }
            return Violation(at: survey.place(of: claim, at: path), what)
          }
        }
        return composed
          + cluster.objects.flatMap { object -> [Violation] in
            if case .chart = object.manifest.origin { return [] }
            return SecretKeyUse.all(of: object).compactMap { use in
              missing(use).map { Violation(at: survey.place(of: object.manifest, at: use.path), $0) }
            }
          }
      }
    })

  static let templateFieldUnknown = Rule(
    "ZT427", .error, "a template that uses what is not fetched",
    why: "the template cannot be filled in, and the Secret is never made",
    remedy: "fetch the value under `data` with that `secretKey`, or correct the name in the template",
    example: Example(
      wrong: "template: {data: {url: \"{{ .host }}\"}}\ndata: [{secretKey: hostname, remoteRef: {…}}]",
      right: "template: {data: {url: \"{{ .hostname }}\"}}\ndata: [{secretKey: hostname, remoteRef: {…}}]"),
    check: { survey in
      survey.clusters.flatMap(\.externalSecrets).flatMap { object, _ -> [Violation] in
        let spec = object.manifest["spec"]
        guard spec?["dataFrom"]?.items?.isEmpty != false, let template = spec?["target"]?["template"],
          template["engineVersion"]?.text != "v1"
        else { return [] }
        let fetched = Set((spec?["data"]?.items ?? []).compactMap { $0["secretKey"]?.text })
        return (template["data"]?.entries ?? []).compactMap { entry in
          guard let field = TemplateFields.all(in: entry.value.text ?? "").first(where: { !fetched.contains($0) })
          else {
            return nil
          }
          return Violation(
            at: survey.place(of: object.manifest, at: "spec", "target", "template", "data", entry.key),
            "the template of `\(entry.key)` uses `.\(field)`, which the ExternalSecret `\(object.manifest.name)` does not fetch"
          )
        }
      }
    })

  static let repositoryLabelUnknown = Rule(
    "ZT431", .error, "a Secret for Argo CD with a label that it does not know",
    why: "Argo CD looks for the label's exact value and, without it, has no credentials for the repository",
    remedy: "write `repository`, `repo-creds` or `cluster`",
    example: Example(
      wrong: "argocd.argoproj.io/secret-type: repo-credentials", right: "argocd.argoproj.io/secret-type: repo-creds"),
    check: { survey in
      let label = "argocd.argoproj.io/secret-type"
      let known: Set = ["repository", "repo-creds", "cluster", "repository-write", "repo-write-creds", "scm-creds"]
      return survey.manifests.compactMap { manifest in
        let base = manifest.kind == "ExternalSecret" ? ["spec", "target", "template", "metadata"] : ["metadata"]
        guard ["Secret", "ExternalSecret"].contains(manifest.kind) else { return nil }
        guard let text = manifest.body.node(at: base + ["labels", label])?.text else {
          return unlabelled(manifest, base)
        }
        guard !known.contains(text), !SecretText.isReference(text) else { return nil }
        return Violation(
          at: manifest.body.place(at: base + ["labels", label]), "Argo CD knows no Secrets of the type `\(text)`")
      }
    })

  /// What has all that Argo CD needs to get into a repository, and no label by which Argo CD would find it.
  private static func unlabelled(_ manifest: Manifest, _ base: [String]) -> Violation? {
    let isExternal = manifest.kind == "ExternalSecret"
    let keys =
      isExternal
      ? SecretInventory.keys(ofExternalSecret: manifest) ?? [] : Set(manifest.secretEntries.map(\.entry.key))
    let credentials: Set = ["password", "sshPrivateKey", "githubAppPrivateKey", "bearerToken"]
    // Kustomize, or another object, may add the label: that is seen where the name says what the Secret is for.
    guard manifest.namespace == "argocd", keys.isSuperset(of: ["type", "url"]), !keys.isDisjoint(with: credentials),
      manifest.body.node(at: base + ["labels"]) == nil
    else { return nil }
    return Violation(
      at: manifest.body.place(at: base),
      "Argo CD does not find the \(manifest.kind) `\(manifest.name)`: it has no label",
      remedy: "label it `argocd.argoproj.io/secret-type: repository`, or `repo-creds`")
  }

  private static let keysOfTypes: [String: [String]] = [
    "kubernetes.io/dockerconfigjson": [".dockerconfigjson"], "kubernetes.io/dockercfg": [".dockercfg"],
    "kubernetes.io/tls": ["tls.crt", "tls.key"], "kubernetes.io/ssh-auth": ["ssh-privatekey"],
  ]

  static let typeWithoutItsKey = Rule(
    "ZT432", .error, "a Secret of a type without the key that the type asks for",
    why: "the API server refuses it",
    remedy: "write the key that belongs to the type, or take the type away",
    example: Example(
      wrong: "type: kubernetes.io/dockerconfigjson\ndata: {config.json: …}",
      right: "type: kubernetes.io/dockerconfigjson\ndata: {.dockerconfigjson: …}"),
    check: { survey in
      survey.clusters.flatMap(\.objects).compactMap { object in
        let manifest = object.manifest
        if case .chart = manifest.origin { return nil }
        let isExternal = manifest.kind == "ExternalSecret" && manifest.group == "external-secrets.io"
        guard isExternal || (manifest.kind == "Secret" && manifest.group.isEmpty) else { return nil }
        let path = isExternal ? ["spec", "target", "template", "type"] : ["type"]
        let found =
          isExternal
          ? SecretInventory.keys(ofExternalSecret: manifest) : Set(manifest.secretEntries.map(\.entry.key))
        guard let type = manifest.body.node(at: path)?.text, let wanted = keysOfTypes[type], let found,
          let missing = wanted.first(where: { !found.contains($0) })
        else { return nil }
        return Violation(
          at: survey.place(of: manifest, at: path),
          "the \(manifest.kind) `\(manifest.name)` is of type `\(type)` and has no key `\(missing)`")
      }
    })

  static let twoWriters = Rule(
    "ZT433", .error, "a Secret with two writers",
    why: "each puts its own content back, and whoever reads the Secret gets now one, now the other",
    remedy: "leave one of them, or let one write with `creationPolicy: Merge`",
    example: Example(
      wrong: "ExternalSecret a: target: {name: db}\nExternalSecret b: target: {name: db}",
      right: "ExternalSecret a: target: {name: db}"),
    check: { survey in
      survey.clusters.flatMap { cluster -> [Violation] in
        SecretInventory(cluster).sources.compactMap { name, sources in
          let owners = sources.filter(\.isOwner)
          // The same Secret out of two Applications is a matter of who owns an object.
          guard owners.count > 1, let last = owners.last(where: { $0.object.manifest.kind != "Secret" }) else {
            return nil
          }
          guard
            owners.contains(where: {
              ($0.object.manifest.kind, $0.object.manifest.name) != (
                last.object.manifest.kind, last.object.manifest.name
              )
            })
          else { return nil }
          let manifest = last.object.manifest
          let path = manifest.kind == "Certificate" ? ["spec", "secretName"] : ["spec", "target", "name"]
          return Violation(
            at: survey.place(of: manifest, at: path),
            "the Secret `\(name.name)` in `\(name.namespace)` is written by \(owners.count) objects, the \(manifest.kind) `\(manifest.name)` among them"
          )
        }
      }
    })

  static let pullSecretNeverMade = Rule(
    "ZT429", .warning, "a pull secret that nothing makes",
    why: "a missing pull secret is no error: the image is pulled without it, and fails where it is private",
    remedy: "let an ExternalSecret make it in this namespace, or correct the name",
    example: Example(
      wrong: "imagePullSecrets: [{name: registry}]",
      right: "imagePullSecrets: [{name: registry}]   # and an ExternalSecret `registry`"),
    check: { survey in
      survey.graphs.flatMap { graph -> [Violation] in
        let cluster = graph.cluster
        // Without a store the program itself makes them, of what its spec names.
        guard cluster.unknowns.isEmpty, !Overlay.isStoreless(path: cluster.entry) else { return [] }
        let inventory = SecretInventory(cluster)
        // Something else may copy Secrets into namespaces.
        let copies: Set = ["ClusterExternalSecret", "ClusterPolicy", "SealedSecret", "ImagePullSecret", "SecretClass"]
        guard !cluster.objects.contains(where: { copies.contains($0.manifest.kind) }) else { return [] }
        return cluster.objects.flatMap { object -> [Violation] in
          if case .chart = object.manifest.origin { return [] }
          let base: [String]
          if let template = PodTemplate(object.manifest) {
            base = template.base + ["spec"]
          } else if object.manifest.kind == "ServiceAccount", object.manifest.group.isEmpty {
            base = []
          } else {
            return []
          }
          return (object.manifest.body.node(at: base + ["imagePullSecrets"])?.items ?? []).enumerated().compactMap {
            index, item in
            guard let name = item["name"]?.text,
              inventory.sources[.init(namespace: object.namespace ?? "", name: name)] == nil
            else { return nil }
            return Violation(
              at: survey.place(of: object.manifest, at: base + ["imagePullSecrets", String(index), "name"]),
              "nothing makes the pull secret `\(name)` in `\(object.namespace ?? "")`")
          }
        } + ofClaims(graph, inventory, survey)
      }
    })

  /// The pull secrets that claims name for the pods they become.
  private static func ofClaims(_ graph: ClusterGraph, _ inventory: SecretInventory, _ survey: Survey) -> [Violation] {
    let parts = graph.composed.byClaim.values.flatMap(\.self)
    let made = Set(parts.flatMap(Provisions.of))
    return graph.composed.byClaim.sorted { $0.key < $1.key }.flatMap { index, parts -> [Violation] in
      let claim = graph.cluster.objects[index].manifest
      return parts.flatMap { part -> [Violation] in
        let items = PodTemplate(part.manifest)?.spec["imagePullSecrets"]?.items ?? []
        return items.compactMap { item in
          guard let name = item["name"]?.text, !made.contains(.secret(name, in: part.namespace)),
            inventory.sources[.init(namespace: part.namespace ?? "", name: name)] == nil,
            let path = claim.field(saying: name, named: "secret")
          else { return nil }
          return Violation(
            at: survey.place(of: claim, at: path),
            "nothing makes the pull secret `\(name)` in `\(part.namespace ?? "")`")
        }
      }
    }
  }
}
