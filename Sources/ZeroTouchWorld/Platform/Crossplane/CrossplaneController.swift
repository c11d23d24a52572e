import ZeroTouchModel

/// Crossplane: brings its own kinds, installs packages, and makes kinds of CompositeResourceDefinitions.
///
/// What claims become is the work of ``CompositionController``.
struct CrossplaneController: Controller {
  static let name = "crossplane"
  private static let namespace = "crossplane-system"
  private static let packages = ["providers", "functions", "configurations"].map {
    GroupResource($0, "pkg.crossplane.io")
  }
  private static let definitions = GroupResource("compositeresourcedefinitions", "apiextensions.crossplane.io")

  private static let longestBackOff = Duration.seconds(60)

  let name: String = Self.name
  let watches: Set<GroupResource> = Set(packages + [definitions, .deployments, .customResourceDefinitions])

  private enum Purpose {
    static let install = "install"
    static let offer = "offer"
  }

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    let runs = world.isReady(deployment: "crossplane", in: Self.namespace)
    let cameUp = world.operatorCameUp(Self.name, isRunning: runs)
    guard runs else { return }
    if cameUp {
      for kind in CustomKind.crossplane { _ = world.apply(kind.definition, manager: "crossplane") }
    }
    let keys = cameUp ? (Self.packages + [Self.definitions]).flatMap { world.objects.list($0).map(\.key) } : changed
    for key in keys where Self.packages.contains(key.resource) && world.hasNews(key) { begin(key, in: &world) }
    for key in keys where key.resource == Self.definitions && world.hasNews(key) { offer(key, in: &world) }
    if changed.contains(where: { $0.resource == .customResourceDefinitions }) { establish(in: &world) }
  }

  func elapsed(_ timer: Timer, in world: inout World) {
    guard let package = world.objects[timer.subject] else { return world.stopRetrying(timer) }
    if timer.purpose == Purpose.offer { return offer(timer.subject, in: &world) }
    let reference = package[path: "spec", "package"]?.stringValue ?? ""
    let name = reference.split(separator: "/").last?.split(separator: ":").first.map(String.init) ?? ""
    let kinds = CustomKind.providers[name] ?? []
    for kind in kinds { _ = world.apply(kind.definition, manager: "crossplane") }
    if !kinds.isEmpty { grant(kinds, of: timer.subject.name, in: &world) }
    world.objects.update(timer.subject) { package in
      package[path: "status", "currentRevision"] = .string("\(timer.subject.name)-000000000001")
      package[path: "status", "currentIdentifier"] = .string(reference)
    }
    world.setCondition("Installed", true, "ActivePackageRevision", "", of: timer.subject)
    world.setCondition("Healthy", true, "HealthyPackageRevision", "", of: timer.subject)
  }

  /// Lets Crossplane make what a provider manages, as its manager of roles does.
  private func grant(_ kinds: [CustomKind], of provider: String, in world: inout World) {
    let rules = Dictionary(grouping: kinds, by: \.group).sorted { $0.key < $1.key }.map { group, kinds -> JSONValue in
      let resources = kinds.flatMap { [$0.plural, "\($0.plural)/status"] }.map(JSONValue.string)
      return ["apiGroups": [.string(group)], "resources": .array(resources), "verbs": ["*"]]
    }
    let role: JSONValue = [
      "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole",
      "metadata": [
        "name": .string("crossplane:provider:\(provider)-000000000001:aggregate-to-edit"),
        "labels": ["rbac.crossplane.io/aggregate-to-crossplane": "true"],
      ],
      "rules": .array(rules),
    ]
    _ = world.apply(role, manager: "crossplane-rbac-manager")
  }

  /// What Crossplane itself may do.
  static func rights(in world: World) -> ServiceAccountRights {
    let pod = world.objects[ObjectKey(.deployments, namespace, name)]?[path: "spec", "template", "spec"]
    return ServiceAccountRights(pod?["serviceAccountName"]?.stringValue ?? name, in: namespace)
  }

  /// Unpacking takes its time; until then the package says it is not installed.
  private func begin(_ key: ObjectKey, in world: inout World) {
    guard let reference = world.objects[key]?[path: "spec", "package"]?.stringValue else { return }
    let host = reference.split(separator: "/").first ?? ""
    guard reference.contains("/"), host.contains(".") || host.contains(":") else {
      let message =
        "cannot unpack package: failed to fetch package digest from remote: \(reference): "
        + "repository name must be fully qualified"
      return world.setCondition("Installed", false, "UnpackingPackage", message, of: key)
    }
    if world.objects[key]?.condition("Healthy")?["status"] != "True" {
      world.setCondition("Installed", false, "UnpackingPackage", "", of: key)
    }
    world.start(Timer(Self.name, key, Purpose.install), after: RealWorld.packageInstall.declared.typical)
  }

  /// Makes the kinds a CompositeResourceDefinition describes: the composite, and the claim if it offers one.
  private func offer(_ key: ObjectKey, in world: inout World) {
    let timer = Timer(Self.name, key, Purpose.offer)
    guard let definition = world.objects[key] else { return world.stopRetrying(timer) }
    for kind in Self.kinds(of: definition) {
      var manifest = kind.definition
      manifest[path: "metadata", "ownerReferences"] = [
        .controllerReference(
          apiVersion: definition["apiVersion"]?.stringValue ?? "", kind: "CompositeResourceDefinition",
          name: key.name, uid: definition[path: "metadata", "uid"])
      ]
      guard case .failure(let refusal) = world.apply(manifest, manager: "crossplane") else { continue }
      // Its conditions have no place for this.
      world.recordEvent(
        .warning, "EstablishComposite",
        "cannot apply rendered composite resource CustomResourceDefinition: \(refusal.message)", about: key,
        from: "crossplane")
      return world.retry(timer, atMost: Self.longestBackOff)
    }
    world.stopRetrying(timer)
    establish(in: &world)
  }

  private func establish(in world: inout World) {
    for (key, definition) in world.objects.list(Self.definitions) {
      let kinds = Self.kinds(of: definition)
      for (kind, type) in zip(kinds, ["Established", "Offered"]) {
        guard definition.condition(type)?["status"] != "True" else { continue }
        let made = ObjectKey(.customResourceDefinitions, "", kind.name)
        guard world.objects[made]?.condition("Established")?["status"] == "True" else { continue }
        let reason = type == "Offered" ? "WatchingCompositeResourceClaim" : "WatchingCompositeResource"
        world.setCondition(type, true, reason, "", of: key)
      }
    }
  }

  private static func kinds(of definition: JSONValue) -> [CustomKind] {
    let spec = definition["spec"] ?? [:]
    let scope = spec["scope"]?.stringValue ?? "LegacyCluster"
    let composite = CompositeSchema.Role.legacyComposite
    return [
      kind(spec, spec["names"], scope == "LegacyCluster" ? composite : .composite, isNamespaced: scope == "Namespaced"),
      kind(spec, spec["claimNames"], .claim, isNamespaced: true),
    ].compactMap { $0 }
  }

  private static func kind(
    _ spec: JSONValue, _ names: JSONValue?, _ role: CompositeSchema.Role, isNamespaced: Bool
  ) -> CustomKind? {
    guard let kind = names?["kind"]?.stringValue, let plural = names?["plural"]?.stringValue else { return nil }
    let versions = (spec["versions"]?.arrayValue ?? []).sorted { left, _ in left["referenceable"] == true }
    var made = CustomKind(
      group: spec["group"]?.stringValue ?? "", kind: kind, plural: plural, isNamespaced: isNamespaced,
      versions: versions.compactMap { $0["name"]?.stringValue },
      shortNames: (names?["shortNames"]?.arrayValue ?? []).compactMap(\.stringValue),
      categories: [role == .claim ? "claim" : "composite"])
    for version in versions {
      guard let name = version["name"]?.stringValue else { continue }
      made.schemas[name] = version[path: "schema", "openAPIV3Schema"].map { CompositeSchema($0, for: role).json }
      made.columns[name] =
        (version["additionalPrinterColumns"]?.arrayValue ?? []) + CompositeSchema.columns(of: role)
    }
    return made
  }
}
