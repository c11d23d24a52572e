import ZeroTouchManifests
import ZeroTouchModel

/// Passwords where no Secret is in sight, and such that only keep a place.
extension Rule {
  static let passwordInValues = Rule(
    "ZT405", .error, "a password in a pod or in a chart's values",
    why: "it stands in Git, in the pod's description and in every copy of the values",
    remedy: "name a Secret: `valueFrom.secretKeyRef` for a variable, `existingSecret` or its like for a chart",
    example: Example(
      wrong: "env: [{name: DB_PASSWORD, value: Kq93hd}]",
      right: "env: [{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}]"),
    check: { survey in
      let pods = survey.manifests.flatMap { manifest -> [Violation] in
        guard let pod = PodTemplate(manifest), !survey.illustrations.contains(manifest.file) else { return [] }
        return pod.containers.flatMap { variables($0) + arguments($0) }
      }
      let settings = survey.manifests(ofKind: "ConfigMap").filter {
        $0.group.isEmpty && !survey.illustrations.contains($0.file)
      }.flatMap(settings)
      let charts = survey.manifests(ofKind: "Application").filter(\.isApplication).flatMap { application in
        ApplicationSource.all(of: application).flatMap { source in
          ValueLayers(source, in: survey.tree).all.flatMap { passwords($0.located(in: application)) }
        }
      }
      let releases = survey.manifests(ofKind: "HelmRelease").flatMap { release in
        release["spec", "values"].map(passwords) ?? []
      }
      let files = survey.tree.files.filter { isOfValues($0.path, survey.tree) }.flatMap(\.documents)
        .filter { $0["kind"] == nil && $0["sops"] == nil }.flatMap(passwords)
      return pods + settings + (charts + releases + files).filter { !survey.illustrations.contains($0.location.file) }
    })

  private static func variables(_ container: LocatedYAML) -> [Violation] {
    (container["env"]?.items ?? []).compactMap { variable in
      guard let name = variable["name"]?.text, let entry = variable.entry("value"), let text = entry.value.text,
        isPasswordName(name), isGivenAway(text), !isWord(text, underKey: name)
      else { return nil }
      return Violation(at: entry.keyLocation, "the variable `\(name)` has its value for everybody to read")
    }
  }

  /// Whether a file is called like values that somebody gives a chart; those in a chart itself are its defaults.
  private static func isOfValues(_ path: String, _ tree: RepositoryTree) -> Bool {
    let parts = path.split(separator: "/").map { $0.lowercased() }
    guard parts.contains(where: { $0.contains("values") }) else { return false }
    var folder = RepositoryTree.parent(of: path)
    while true {
      if tree.charts.contains(folder) { return false }
      if folder.isEmpty { return true }
      folder = RepositoryTree.parent(of: folder)
    }
  }

  /// `--password=…` among what a container is started with.
  private static func arguments(_ container: LocatedYAML) -> [Violation] {
    ["command", "args"].flatMap { container[$0]?.items ?? [] }.compactMap { argument in
      // Most arguments are none of these, and an expression costs more than a look.
      guard let text = argument.text, text.hasPrefix("-"), text.utf8.contains(UInt8(ascii: "=")),
        let match = text.wholeMatch(of: #/--?([A-Za-z._\-]*(?:password|passwd|api-?key|secret-key|token))=(\S+)/#),
        isGivenAway(String(match.2)), !isWord(String(match.2), underKey: String(match.1).replacing("-", with: "_"))
      else { return nil }
      return Violation(at: argument.location, "the argument `--\(match.1)` has its value for everybody to read")
    }
  }

  private static func settings(_ configMap: Manifest) -> [Violation] {
    (configMap["data"]?.entries ?? []).compactMap { entry in
      // A token of a known form is told as one.
      guard let text = entry.value.text, CredentialPattern.first(in: text) == nil,
        isPasswordName(entry.key.replacing("-", with: "_")), isGivenAway(text),
        !isWord(text, underKey: entry.key)
      else { return nil }
      return Violation(
        at: entry.keyLocation, "the ConfigMap `\(configMap.name)` holds `\(entry.key)` for everybody to read")
    }
  }

  private static func passwords(_ values: LocatedYAML) -> [Violation] {
    var found: [Violation] = []
    values.eachText { key, node, text in
      let name = key.lowercased()
      guard name == "password" || name.hasSuffix("password") || isKey(name, text), isGivenAway(text),
        !name.contains("existingsecret")
      else { return }
      found.append(Violation(at: node.location, "the chart's value `\(key)` stands here for everybody to read"))
    }
    return found
  }

  /// Whether a value under such a key can be one, and not the name of one.
  private static func isKey(_ name: String, _ text: String) -> Bool {
    ["secretkey", "apikey"].contains(name) && !isWord(text, underKey: "API_KEY")
  }

  /// Whether a variable of this name holds a credential and not the way to one.
  private static func isPasswordName(_ name: String) -> Bool {
    let upper = name.uppercased()
    return ["PASSWORD", "PASSWD", "_TOKEN", "API_KEY", "SECRET_KEY", "SECRET_ACCESS_KEY", "PRIVATE_KEY"]
      .contains(where: upper.hasSuffix) || upper == "TOKEN"
  }

  /// Whether a text is a credential, as far as its look tells: no reference, no path, no plain word such as `true`.
  private static func isGivenAway(_ text: String) -> Bool {
    guard text.utf8.count >= 4, !SecretText.isReference(text), !SecretText.isPlaceholder(text) else { return false }
    // `name/KEY` is the way to one.
    guard text.wholeMatch(of: #/[a-z][a-z.\-]*\/[A-Z][A-Z_]*/#) == nil else { return false }
    return !text.hasPrefix("/") && !text.contains(" ")
      && !["true", "false", "null", "none", "noauth", "unused"].contains(text.lowercased())
  }

  /// Whether a key or token is a mere word: servers that ask for none are given any.
  private static func isWord(_ text: String, underKey name: String) -> Bool {
    guard ["API_KEY", "_TOKEN", "SECRET_KEY"].contains(where: name.uppercased().hasSuffix), text.count < 20 else {
      return false
    }
    return !text.contains(where: \.isNumber)
  }

  static let placeholderUnderSelfHeal = Rule(
    "ZT406", .error, "a placeholder that heals itself",
    why: "Argo CD puts the placeholder back over the real value that somebody entered, again and again",
    remedy: "let an ExternalSecret make the Secret, or take it out of what Argo CD applies",
    example: Example(
      wrong: "kind: Secret\nstringData: {token: changeme}   # and selfHeal: true",
      right: "kind: ExternalSecret\nspec: {data: [{secretKey: token, remoteRef: {key: /shop/token}}]}"),
    check: { survey in
      survey.placed(["Secret"]).compactMap { cluster, object in
        // Argo CD Vault Plugin fills in what stands in angle brackets.
        guard object.manifest.isPlainSecret, object.manifest.annotation("avp.kubernetes.io/path") == nil,
          cluster.application(object.application)?.spec?.node(at: ["syncPolicy", "automated", "selfHeal"])?.scalar
            == .bool(true),
          let found = object.manifest.secretEntries.first(where: { isHeld($0.entry.key, $0.text) })
        else { return nil }
        let field = object.manifest["data"]?.entry(found.entry.key) == nil ? "stringData" : "data"
        return Violation(
          at: survey.place(of: object.manifest, at: field, found.entry.key),
          "`\(found.entry.key)` of the Secret `\(object.manifest.name)` is a placeholder, and selfHeal keeps it one")
      }
    })

  private static func isHeld(_ key: String, _ text: String) -> Bool {
    !SecretText.isHarmless(key: key, text) && !SecretText.isReference(text) && SecretText.isPlaceholder(text)
  }
}

/// The pods that an object makes.
struct PodTemplate {
  let base: [String]
  let spec: LocatedYAML

  init?(_ manifest: Manifest) {
    switch (manifest.group, manifest.kind) {
    case ("", "Pod"): base = []
    case ("batch", "CronJob"): base = ["spec", "jobTemplate", "spec", "template"]
    case ("apps", "Deployment"), ("apps", "StatefulSet"), ("apps", "DaemonSet"), ("apps", "ReplicaSet"),
      ("batch", "Job"):
      base = ["spec", "template"]
    default: return nil
    }
    guard let spec = manifest.body.node(at: base + ["spec"]) else { return nil }
    self.spec = spec
  }

  var containers: [LocatedYAML] {
    ["initContainers", "containers"].flatMap { spec[$0]?.items ?? [] }
  }
}

extension Survey {
  /// The objects of some kinds that clusters get and that no catalogue brings.
  func placed(_ kinds: Set<String>) -> [(cluster: ClusterView, object: PlacedObject)] {
    clusters.flatMap { cluster in
      cluster.objects.filter { object in
        if case .chart = object.manifest.origin { return false }
        return kinds.contains(object.manifest.kind)
      }.map { (cluster, $0) }
    }
  }
}
