import Foundation
import ZeroTouchManifests
import ZeroTouchModel

extension Rule {
  static let fluxNamesMissing = Rule(
    "ZT705", .error, "Flux waits for a name that does not exist",
    why: "the Kustomization stays at DependencyNotReady or without an artifact, and nothing of it is applied",
    remedy: "correct the name, or take it away",
    example: Example(wrong: "dependsOn: [{name: cert-manger}]", right: "dependsOn: [{name: cert-manager}]"),
    check: { survey in
      let flux = survey.flux
      return survey.missingNeeds(flux) + survey.missingSources(flux) + survey.missingFolders(flux)
    })

  static let unresolvedVariable = Rule(
    "ZT702", .error, "a variable that nothing fills in",
    why:
      "Flux writes nothing in its place, or, where it is strict, refuses all of it; Argo CD takes the text as it stands",
    remedy: "give it a value in `postBuild`, a default such as `${NAME:=value}`, or write `$${NAME}` for the text",
    example: Example(
      wrong: "host: shop.${DOMAIN}  # postBuild: {substitute: {REGION: fsn1}}",
      right: "host: shop.${DOMAIN}  # postBuild: {substitute: {DOMAIN: example.org}}"),
    check: { survey in survey.variablesInFlux + survey.variablesInApplications })
}

extension Survey {
  fileprivate func missingNeeds(_ flux: FluxView) -> [Rule.Violation] {
    let releases = manifests(ofKind: "HelmRelease").filter { $0.group == "helm.toolkit.fluxcd.io" }
    return (flux.phases.map(\.manifest) + releases).flatMap { manifest in
      (manifest["spec", "dependsOn"]?.items ?? []).enumerated().compactMap { index, item -> Rule.Violation? in
        guard let name = item["name"]?.text, !name.contains("${"), !flux.has(manifest.kind, name) else { return nil }
        return Rule.Violation(
          at: place(of: manifest, at: "spec", "dependsOn", String(index), "name"),
          "the \(manifest.kind) `\(manifest.name)` depends on `\(name)`, which does not exist")
      }
    }
  }

  fileprivate func missingSources(_ flux: FluxView) -> [Rule.Violation] {
    let references = [
      ("Kustomization", ["spec", "sourceRef"]), ("HelmRelease", ["spec", "chart", "spec", "sourceRef"]),
      ("HelmRelease", ["spec", "chartRef"]),
    ]
    return references.flatMap { kind, path in
      manifests(ofKind: kind).compactMap { manifest -> Rule.Violation? in
        guard manifest.group.hasSuffix("toolkit.fluxcd.io"), let reference = manifest.body.node(at: path),
          let wanted = reference["kind"]?.text, let name = reference["name"]?.text, !name.contains("${"),
          // What `flux bootstrap` and the operator make for themselves need not lie in Git.
          name != "flux-system", !flux.has("FluxInstance", name), flux.hasAny(wanted), !flux.has(wanted, name)
        else { return nil }
        return Rule.Violation(
          at: place(of: manifest, at: path + ["name"]),
          "the \(kind) `\(manifest.name)` takes the \(wanted) `\(name)`, which does not exist")
      }
    }
  }

  /// Folders that do not exist, where the others of the same source do.
  fileprivate func missingFolders(_ flux: FluxView) -> [Rule.Violation] {
    let groups = Dictionary(grouping: flux.phases) { $0.manifest["spec", "sourceRef", "name"]?.text ?? "" }
    return groups.values.flatMap { group -> [Rule.Violation] in
      let named = group.filter { phase in
        guard let path = phase.manifest["spec", "path"]?.text, !path.contains("${") else { return false }
        return RepositoryTree.resolve(path, from: "").map { !$0.isEmpty } ?? false
      }
      let missing = named.filter { $0.folder == nil }
      // A source whose folders mostly lie elsewhere is another repository, unless Flux itself follows it here.
      guard missing.count * 2 < named.count || isFollowedHere(named) else { return [] }
      return missing.map {
        Rule.Violation(
          at: place(of: $0.manifest, at: "spec", "path"),
          "the Kustomization `\($0.name)` applies `\($0.manifest["spec", "path"]?.text ?? "")`, which does not exist")
      }
    }
  }
}

extension Survey {
  /// Whether the source of these phases is this very repository: the one that Flux was installed with, or a remote.
  private func isFollowedHere(_ phases: [FluxPhase]) -> Bool {
    guard let name = phases.first?.manifest["spec", "sourceRef", "name"]?.text else { return false }
    let remotes = Set(tree.remotes.map(OwnRepository.normalized))
    let addresses = manifests(ofKind: "GitRepository").filter { $0.name == name }.compactMap { $0["spec", "url"]?.text }
    if addresses.contains(where: { remotes.contains(OwnRepository.normalized($0)) }) { return true }
    return name == "flux-system" && tree.paths.contains { $0.hasSuffix("/gotk-sync.yaml") }
  }

  /// Variables in what Flux substitutes that have no value and no default.
  fileprivate var variablesInFlux: [Rule.Violation] {
    let phases = flux.phases
    guard !phases.isEmpty, !isSubstitutedByPatch else { return [] }
    return phases.flatMap { phase -> [Rule.Violation] in
      guard let known = valuesGiven(to: phase) else { return [] }
      return phase.objects.filter(\.isSubstituted).flatMap { object -> [Rule.Violation] in
        var found: [Rule.Violation] = []
        object.body.eachPath { path, text in
          // A dashboard's variables are Grafana's, which takes its default for an empty one.
          guard !(path.first == "data" && text.contains("\"panels\"")) else { return }
          for name in FluxVariable.open(in: text) where !known.contains(name) {
            found.append(
              Rule.Violation(
                at: place(of: object, at: path),
                "`${\(name)}` in `\(object.title)` has no value: the Kustomization `\(phase.name)` gives none"))
          }
        }
        return found
      }
    }
  }

  /// Whether a patch may give values to Kustomizations: then nobody can tell which have them.
  private var isSubstitutedByPatch: Bool {
    let inFlux = manifests(ofKind: "Kustomization").compactMap { $0["spec", "patches"] }
    let inline = kustomizations.all.values.compactMap { $0.body["patches"] }
    let files = kustomizations.all.values.flatMap(\.patches).compactMap(\.file).flatMap { tree[$0]?.documents ?? [] }
    return (inFlux + inline + files).contains { $0.json.text().contains("postBuild") }
  }

  /// The names a phase gives values to; nil where it substitutes nothing, or where the values lie elsewhere.
  private func valuesGiven(to phase: FluxPhase) -> Set<String>? {
    guard let postBuild = phase.manifest["spec", "postBuild"] else { return nil }
    var known = Set((postBuild["substitute"]?.entries ?? []).map(\.key))
    for reference in postBuild["substituteFrom"]?.items ?? [] {
      let sources = manifests(ofKind: reference["kind"]?.text ?? "").filter { $0.name == reference["name"]?.text }
      guard !sources.isEmpty else { return nil }
      for source in sources {
        for key in ["data", "stringData"] { known.formUnion((source.body[key]?.entries ?? []).map(\.key)) }
      }
    }
    return known
  }

  /// Variables in the names of Applications, which Argo CD never fills in.
  fileprivate var variablesInApplications: [Rule.Violation] {
    applications.flatMap { _, application -> [Rule.Violation] in
      let fields = application.sources.flatMap { source in
        ["repoURL", "targetRevision", "path", "chart"].map { source.path + [$0] }
      }
      return (fields + [["spec", "destination", "namespace"], ["spec", "destination", "server"]]).compactMap { path in
        guard let text = application.manifest.body.node(at: path)?.text, let name = FluxVariable.any(in: text) else {
          return nil
        }
        return Rule.Violation(
          at: place(of: application.manifest, at: path),
          "`${\(name)}` in the Application `\(application.name)` is filled in by nobody",
          remedy: "write the value, or set it by a kustomization")
      }
    }
  }
}

extension Manifest {
  /// Whether Flux substitutes variables in it.
  fileprivate var isSubstituted: Bool {
    let key = "kustomize.toolkit.fluxcd.io/substitute"
    return annotation(key) != "disabled" && body["metadata"]?["labels"]?[key]?.text != "disabled"
  }
}

extension LocatedYAML {
  /// Visits every text with its path.
  fileprivate func eachPath(_ path: [String] = [], _ visit: (_ path: [String], _ text: String) -> Void) {
    switch content {
    case .scalar(.string(let text)): if text.utf8.contains(0x24) { visit(path, text) }
    case .scalar: break
    case .sequence(let items):
      for (index, item) in items.enumerated() { item.eachPath(path + [String(index)], visit) }
    case .mapping(let entries):
      for entry in entries { entry.value.eachPath(path + [entry.key], visit) }
    }
  }
}

/// Variables as Flux reads them: `${NAME}`, not `$NAME` and not `$${NAME}`.
enum FluxVariable {
  /// The variables of a text that have no default.
  static func open(in text: String) -> [String] {
    pieces(of: text).compactMap { piece in
      // `${NAME:-x}`, `${NAME:=x}` and the other operators cope with a name that has no value.
      isName(piece) ? piece : nil
    }
  }

  /// The first variable, with or without a default.
  static func any(in text: String) -> String? {
    pieces(of: text).lazy.map { String($0.prefix { $0.isLetter || $0.isNumber || $0 == "_" }) }.first(where: isName)
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.first, first.isLetter || first == "_" else { return false }
    return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
  }

  /// What stands between `${` and `}`.
  private static func pieces(of text: String) -> [String] {
    var found: [String] = []
    var rest = text[...]
    while let start = rest.range(of: "${") {
      let isEscaped = rest[..<start.lowerBound].hasSuffix("$")
      rest = rest[start.upperBound...]
      guard let end = rest.firstIndex(of: "}") else { break }
      if !isEscaped { found.append(String(rest[..<end])) }
    }
    return found
  }
}
