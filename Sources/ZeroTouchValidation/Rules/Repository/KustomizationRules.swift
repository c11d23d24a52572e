import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// What kustomizations name that is not there, and what they fail at.
extension Rule {
  static let kustomizationFails = Rule(
    "ZT104", .error, "a kustomization that does not build",
    why: "whoever applies it builds it first: nothing of it reaches the cluster",
    remedy: "run `kubectl kustomize` on the folder and correct what it says",
    example: Example(wrong: "resources: [one.yaml]\nresourcess: [two.yaml]", right: "resources: [one.yaml, two.yaml]"),
    check: { survey in
      survey.builds.values.compactMap { build -> Violation? in
        guard let failure = build.failure, !survey.isExplained(build.folder), !survey.fluxAllows(failure),
          !survey.getsFluxComponents(build.folder)
        else { return nil }
        let inner = KustomizeFailure(failure, of: build.folder, in: survey)
        return Violation(at: inner.place, "the kustomization `\(inner.folder)` does not build: \(inner.reason)")
      }
    })

  static let kustomizationNamesMissing = Rule(
    "ZT105", .error, "a kustomization names what does not exist",
    why: "the build fails, and nothing of the kustomization reaches the cluster",
    remedy: "correct the name, or take it away",
    example: Example(wrong: "resources: [deploymnet.yaml]", right: "resources: [deployment.yaml]"),
    check: { survey in
      let healthy = survey.foldersThatBuild
      return survey.kustomizations.folders.filter { !healthy.contains($0) }.flatMap { folder in
        survey.missingReferences(of: folder).map { Violation(at: $0.location, $0.what) }
      }
    })

  static let patchWithoutTarget = Rule(
    "ZT107", .error, "a patch whose target matches nothing",
    why: "a patch with a target is left out without a word, one without fails the build",
    remedy: "correct kind and name of the target, or take the patch away",
    example: Example(
      wrong: "patches:\n  - target: {kind: Deployment, name: shpo}",
      right: "patches:\n  - target: {kind: Deployment, name: shop}"),
    check: { survey in survey.patchesWithoutTarget })
}

/// The innermost words of a failed build.
struct KustomizeFailure {
  let folder: String
  let place: SourceLocation
  let reason: String

  init(_ text: String, of top: String, in survey: Survey) {
    let kustomizations = survey.kustomizations
    // A circle has no innermost kustomization: it is told where it was begun.
    if let circle = text.range(of: "cycle detected") {
      folder = top.isEmpty ? "." : top
      reason = text[circle.lowerBound...].split(separator: "\n").joined(separator: " ")
      place = SourceLocation(file: kustomizations[top]?.file ?? top, line: 1, column: 1)
      return
    }
    var words = Substring(text.hasPrefix("error: ") ? text.dropFirst(7) : text[...])
    var inner = top
    // kubectl wraps the reason once for each kustomization on the way to it.
    let mark = "recursed accumulation of path '"
    while let range = words.range(of: mark), let end = words[range.upperBound...].firstIndex(of: "'") {
      let name = String(words[range.upperBound..<end])
      if kustomizations[name] != nil { inner = name }
      words = words[words.index(after: end)...].drop { $0 == ":" || $0 == " " }
    }
    folder = inner.isEmpty ? "." : inner
    reason = words.split(separator: "\n").joined(separator: " ")
    // One that cannot be read has a name all the same.
    let named = Kustomization.names.map { inner.isEmpty ? $0 : "\(inner)/\($0)" }
    let file = kustomizations[inner]?.file ?? named.first(where: survey.tree.paths.contains) ?? inner
    let start = SourceLocation(file: file, line: 1, column: 1)
    place = Self.unknownField(in: reason).flatMap { kustomizations[inner]?.body.entry($0)?.keyLocation } ?? start
  }

  /// The field that kubectl names: `json: unknown field "resourcess"`.
  private static func unknownField(in reason: String) -> String? {
    reason.range(of: "unknown field \"").map { String(reason[$0.upperBound...].prefix { $0 != "\"" }) }
  }
}

extension Survey {
  /// The folders of every kustomization that was built, those it includes counted in.
  var foldersThatBuild: Set<String> {
    var folders: Set<String> = []
    for build in builds.values where build.failure == nil && build.unknown == nil {
      folders.formUnion(kustomizations.closure(of: build.folder).folders)
    }
    return folders
  }

  /// What a kustomization names and nobody finds.
  func missingReferences(of folder: String) -> [(location: SourceLocation, what: String)] {
    // A plugin that renders the chart beside it writes the files that such a kustomization names.
    guard let kustomization = kustomizations[folder], !tree.charts.contains(folder) else { return [] }
    let absent = kustomization.references.compactMap { reference -> (SourceLocation, String)? in
      guard reference.target == .missing, RepositoryTree.resolve(reference.text, from: folder) != nil else {
        return nil
      }
      return (reference.location, "`\(reference.text)` does not exist")
    }
    let empty = (kustomization.resources + kustomization.components).compactMap {
      reference -> (SourceLocation, String)? in
      guard let other = reference.folder, kustomizations[other] == nil, !hasBrokenKustomization(other) else {
        return nil
      }
      return (reference.location, "the folder `\(reference.text)` has no kustomization")
    }
    return absent + empty
  }

  /// A kustomization that cannot be read is there all the same.
  private func hasBrokenKustomization(_ folder: String) -> Bool {
    Kustomization.names.contains { tree.paths.contains(folder.isEmpty ? $0 : "\(folder)/\($0)") }
  }

  /// Flux lets a kustomization read files above its folder, which kubectl and Argo CD refuse.
  fileprivate func fluxAllows(_ failure: String) -> Bool {
    failure.contains("is not in or below")
      && manifests(ofKind: "Kustomization").contains { $0.group == "kustomize.toolkit.fluxcd.io" }
  }

  /// Whether Flux adds components of its own to a folder before it builds it: what they bring is not in the folder.
  func getsFluxComponents(_ folder: String) -> Bool {
    manifests(ofKind: "Kustomization").contains { phase in
      guard phase.group == "kustomize.toolkit.fluxcd.io", phase["spec", "components"]?.items?.isEmpty == false,
        let path = phase["spec", "path"]?.text
      else { return false }
      return RepositoryTree.resolve(path.hasPrefix("/") ? String(path.dropFirst()) : path, from: "") == folder
    }
  }

  /// Whether another rule already says why a kustomization does not build.
  fileprivate func isExplained(_ top: String) -> Bool {
    let closure = kustomizations.closure(of: top)
    if closure.folders.contains(where: { !missingReferences(of: $0).isEmpty || tree.charts.contains($0) }) {
      return true
    }
    let files = closure.files.union(closure.folders.compactMap { kustomizations[$0]?.file })
    if files.contains(where: { tree[$0]?.problems.isEmpty == false }) { return true }
    let broken = closure.folders.flatMap { folder in Kustomization.names.map { folder.isEmpty ? $0 : "\(folder)/\($0)" }
    }
    if broken.contains(where: { tree[$0]?.problems.isEmpty == false }) { return true }
    let reached = Set(closure.folders)
    return patchesWithoutTarget(in: reached).isEmpty == false
  }
}
