import ZeroTouchManifests
import ZeroTouchModel

/// Names of Secrets that drift apart.
extension Rule {
  static let secretNameDrifted = Rule(
    "ZT430", .warning, "a Secret that is made under another name",
    why: "the pod waits for a Secret that never comes, and the one that was meant for it is read by nobody",
    remedy: "write the same name and namespace on both sides",
    example: Example(
      wrong: "ExternalSecret: target: {name: slack-token}\nDeployment: secretKeyRef: {name: slack-tokens, key: token}",
      right: "ExternalSecret: target: {name: slack-token}\nDeployment: secretKeyRef: {name: slack-token, key: token}"),
    check: { survey in survey.graphs.flatMap { DriftedSecrets($0).violations(survey) } })
}

/// Secrets that pods read and nothing makes, beside those that are made and nobody reads.
private struct DriftedSecrets {
  private typealias Name = SecretInventory.Name

  private struct Use {
    let name: Name
    let object: PlacedObject
    let path: [String]
    /// Whether a pod that lies here reads it; of pull secrets a rule of their own tells.
    let isOfPods: Bool
  }

  private let cluster: ClusterView
  private var made: Set<Name> = []
  private var uses: [Use] = []

  init(_ graph: ClusterGraph) {
    let cluster = graph.cluster
    self.cluster = cluster
    made = Set(SecretInventory(cluster).sources.keys)
    for object in cluster.objects {
      for capability in Provisions.of(object) { if let name = Self.name(capability) { made.insert(name) } }
      if let name = object.manifest["spec", "writeConnectionSecretToRef", "name"]?.text {
        let namespace = object.manifest["spec", "writeConnectionSecretToRef", "namespace"]?.text ?? object.namespace
        made.insert(Name(namespace: namespace ?? "", name: name))
      }
      for need in Needs.of(object) {
        guard let name = Self.name(need.capability) else { continue }
        let isOfPods = PodTemplate(object.manifest) != nil && !need.path.contains("imagePullSecrets")
        uses.append(Use(name: name, object: object, path: need.path, isOfPods: isOfPods))
      }
    }
    for (index, parts) in graph.composed.byClaim { add(parts, of: cluster.objects[index]) }
  }

  /// What a claim becomes makes Secrets and reads others.
  private mutating func add(_ parts: [PlacedObject], of claim: PlacedObject) {
    for capability in parts.flatMap(Provisions.of) {
      if let name = Self.name(capability) { made.insert(name) }
    }
    for part in parts where part.manifest.kind == "Secret" {
      made.insert(Name(namespace: part.namespace ?? "", name: part.manifest.name))
    }
    for need in ClaimNeeds.all(of: claim, becoming: parts) {
      guard let name = Self.name(need.capability) else { continue }
      uses.append(Use(name: name, object: claim, path: need.path, isOfPods: false))
    }
  }

  private static func name(_ capability: Capability) -> Name? {
    guard case .object(let kind, let namespace, let name) = capability, kind.kind == "Secret", kind.group.isEmpty else {
      return nil
    }
    return Name(namespace: namespace ?? "", name: name)
  }

  func violations(_ survey: Survey) -> [Rule.Violation] {
    let read = Set(uses.map(\.name))
    let idle = made.subtracting(read)
    guard !idle.isEmpty, !copiesSecrets else { return [] }
    return uses.compactMap { use in
      if case .chart = use.object.manifest.origin { return nil }
      guard use.isOfPods, !made.contains(use.name), let meant = meant(by: use.name, idle)
      else {
        return nil
      }
      return Rule.Violation(
        at: survey.place(of: use.object.manifest, at: use.path),
        "nothing makes the Secret `\(use.name.name)` in `\(use.name.namespace)`, and nobody reads `\(meant.name)` in `\(meant.namespace)`"
      )
    }
  }

  /// Whether something puts Secrets into other namespaces.
  private var copiesSecrets: Bool {
    let kinds: Set = ["ClusterExternalSecret", "ClusterPolicy", "ClusterSecret", "SyncSecret"]
    return cluster.objects.contains { object in
      kinds.contains(object.manifest.kind)
        || (object.manifest.body["metadata"]?["annotations"]?.entries ?? []).contains {
          $0.key.contains("reflector.") || $0.key.contains("replicator.")
        }
    }
  }

  /// The idle Secret that was probably meant: the same name elsewhere, or nearly the same one here.
  private func meant(by name: Name, _ idle: Set<Name>) -> Name? {
    let candidates = idle.filter { other in
      other.name == name.name || (other.namespace == name.namespace && Self.isNear(other.name, name.name))
    }
    return candidates.count == 1 ? candidates.first : nil
  }

  /// Whether two names differ in their separators, in a plural, or in one letter that is no digit.
  private static func isNear(_ left: String, _ right: String) -> Bool {
    func folded(_ text: String) -> String {
      let letters = text.lowercased().filter { $0 != "-" && $0 != "_" && $0 != "." }
      return letters.hasSuffix("s") ? String(letters.dropLast()) : letters
    }
    if folded(left) == folded(right) { return true }
    guard min(left.count, right.count) >= 8, left.filter(\.isNumber) == right.filter(\.isNumber) else { return false }
    let (short, long) = left.count <= right.count ? (left, right) : (right, left)
    let head = zip(short, long).prefix { $0 == $1 }.count
    let tail = zip(short.reversed(), long.reversed()).prefix { $0 == $1 }.count
    return long.count - short.count <= 1 && head + tail >= long.count - 1
  }
}
