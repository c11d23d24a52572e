import ZeroTouchManifests
import ZeroTouchModel

/// Which phase brings definitions, and to whom.
extension Rule {
  static let definitionsInLaterPhase = Rule(
    "ZT701", .error, "definitions behind the phase of definitions",
    why: "two phases own one definition: the later one upgrades it, or takes it away with everything of that kind",
    remedy:
      "move the definition into the first phase, and set `install.crds` and `upgrade.crds` of the release to `Skip`",
    example: Example(
      wrong: "kind: Kustomization\nspec: {path: ./apps, dependsOn: [{name: crds}]}  # apps holds a definition",
      right: "kind: Kustomization\nspec: {path: ./crds}  # every definition"),
    check: { survey in
      let order = PhaseOrder(survey.flux.phases)
      let sources = FluxSources(survey)
      return order.later.flatMap { $0.strayDefinitions(sources, in: survey) }
        + order.apart.flatMap { $0.definitionsApart(from: order.first, in: survey) }
    })

  static let definitionsFromItself = Rule(
    "ZT703", .error, "a Kustomization whose definitions come from itself",
    why:
      "Flux tries every object before it applies one: a kind that a release of the same Kustomization brings fails all of them",
    remedy: "put the objects into a Kustomization of their own that depends on this one",
    example: Example(
      wrong: "# apps/cert-manager\nresources: [release.yaml, issuer.yaml]",
      right:
        "# apps/cert-manager\nresources: [release.yaml]\n# apps/issuers, dependsOn cert-manager\nresources: [issuer.yaml]"
    ),
    check: { survey in
      let sources = FluxSources(survey)
      let phases = survey.flux.phases
      return phases.flatMap { phase -> [Violation] in
        let brought = ReleaseDefinitions(phase, sources, in: survey).kinds
        let own = Set(phase.objects.compactMap(\.definedKind))
        let users = phase.objects.filter { brought[$0.groupKind] != nil && !own.contains($0.groupKind) }
        guard !users.isEmpty, let before = EarlierDefinitions(phase, phases, sources, in: survey) else { return [] }
        return users.compactMap { object in
          let release = brought[object.groupKind] ?? ""
          guard !before.mayHold(object.groupKind, of: release) else { return nil }
          return Violation(
            at: survey.place(of: object, at: "kind"),
            "`\(object.title)` needs a definition of the release `\(release)`, and the Kustomization `\(phase.name)` "
              + "brings both")
        }
      }
    })

  static let twoRoots = Rule(
    "ZT704", .error, "two of Flux over one folder",
    why: "both apply and both prune: what one deletes the other makes anew, for ever",
    remedy: "keep one of them",
    example: Example(
      wrong:
        "kind: FluxInstance\nspec: {sync: {path: clusters/main}}\n# and a Kustomization flux-system of the same path",
      right: "kind: FluxInstance\nspec: {sync: {path: clusters/main}}"),
    check: { survey in survey.rootsTwice + survey.phasesTwice })
}

extension FluxPhase {
  /// Whether it is the phase that brings the definitions, by its name or its folder's.
  var isForDefinitions: Bool {
    let last = folder?.split(separator: "/").last.map(String.init) ?? ""
    return [name, last].contains { $0.split { !$0.isLetter }.contains { $0 == "crds" || $0 == "crd" } }
  }

  /// The names of everything it waits for, directly or not.
  func waits(for phases: [FluxPhase]) -> Set<String> {
    let needs = Dictionary(phases.map { ($0.name, $0.needs.map(\.name)) }, uniquingKeysWith: { $0 + $1 })
    var found: Set<String> = []
    var next = self.needs.map(\.name)
    while let name = next.popLast() {
      guard found.insert(name).inserted else { continue }
      next += needs[name] ?? []
    }
    return found
  }

  /// What in a phase that waits for none of the definitions defines kinds: the same ones, or others that nobody looks for
  /// there.
  fileprivate func definitionsApart(from first: [FluxPhase], in survey: Survey) -> [Rule.Violation] {
    let known = Set(first.flatMap(\.objects).compactMap(\.definedKind))
    guard unknown == nil else { return [] }
    return objects.compactMap { object in
      guard let kind = object.definedKind else { return nil }
      return Rule.Violation(
        at: survey.place(of: object, at: "kind"), "the phase `\(name)` holds the definition `\(object.name)`",
        severity: known.contains(kind) ? .error : .warning)
    }
  }

  /// What in it defines kinds; a phase nobody can look into is no proof that it has none.
  fileprivate func strayDefinitions(_ sources: FluxSources, in survey: Survey) -> [Rule.Violation] {
    guard let folder else { return [] }
    if let unknown {
      return [
        Rule.Violation(
          at: survey.place(of: manifest, at: "spec", "path"),
          "nobody can tell whether the phase `\(name)` holds definitions: \(unknown)",
          remedy: "make `\(folder)` build without anything from outside")
      ]
    }
    guard !objects.isEmpty else {
      return [
        Rule.Violation(
          at: survey.place(of: manifest, at: "spec", "path"), "the phase `\(name)` holds nothing at all",
          remedy: "correct the path, or take the Kustomization away")
      ]
    }
    return objects.compactMap { object in
      if object.definedKind != nil {
        return Rule.Violation(
          at: survey.place(of: object, at: "kind"), "the phase `\(name)` holds the definition `\(object.name)`")
      }
      guard object.isHelmRelease, let path = object.installsDefinitions(sources, in: survey) else { return nil }
      return Rule.Violation(
        at: survey.place(of: object, at: path),
        "the release `\(object.name)` of the phase `\(name)` installs the definitions of its chart")
    }
  }
}

extension Manifest {
  var isHelmRelease: Bool { kind == "HelmRelease" && group == "helm.toolkit.fluxcd.io" }

  /// The kind that a CustomResourceDefinition defines.
  var definedKind: GroupKind? {
    guard kind == "CustomResourceDefinition", let group = self["spec", "group"]?.text,
      let kind = self["spec", "names", "kind"]?.text
    else { return nil }
    return GroupKind(group: group, kind: kind)
  }

  /// Where a release lets its chart's definitions in; nil where it keeps them out, or the chart is known to have none.
  fileprivate func installsDefinitions(_ sources: FluxSources, in survey: Survey) -> [String]? {
    guard !ReleaseDefinitions.kinds(of: self, sources, in: survey).isEmpty else { return nil }
    return self["spec", "install", "crds"] == nil ? ["spec", "chart"] : ["spec", "install", "crds"]
  }
}

/// The kinds that the releases of a phase define, with the release's name, by the catalogue.
struct ReleaseDefinitions {
  let kinds: [GroupKind: String]

  init(_ phase: FluxPhase, _ sources: FluxSources, in survey: Survey) {
    var kinds: [GroupKind: String] = [:]
    for release in phase.objects where release.isHelmRelease {
      for kind in Self.kinds(of: release, sources, in: survey) { kinds[kind] = release.name }
    }
    self.kinds = kinds
  }

  static func kinds(of release: Manifest, _ sources: FluxSources, in survey: Survey) -> Set<GroupKind> {
    guard release["spec", "install", "crds"]?.text != "Skip",
      let entry = sources.entry(of: release, in: survey.catalogue)
    else { return [] }
    let values = release["spec", "values"]?.json ?? [:]
    let objects = try? entry.objects(release: release.name, namespace: release.namespace ?? "", values: values)
    return Set((objects ?? []).compactMap { Manifest(LocatedYAML($0, at: release.body.location))?.definedKind })
  }
}
