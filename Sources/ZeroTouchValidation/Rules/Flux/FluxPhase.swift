import ZeroTouchManifests
import ZeroTouchModel

/// A Kustomization of Flux with what its folder holds.
struct FluxPhase {
  let manifest: Manifest
  /// The folder of this tree it applies; nil where it lies elsewhere.
  let folder: String?
  /// Why its objects are not known; nil where they are.
  let unknown: String?
  let objects: [Manifest]

  var name: String { manifest.name }
  /// The names it waits for.
  var needs: [(path: [String], name: String)] {
    (manifest["spec", "dependsOn"]?.items ?? []).enumerated().compactMap { index, item in
      item["name"]?.text.map { (["spec", "dependsOn", String(index), "name"], $0) }
    }
  }
}

/// All of Flux that a tree has.
struct FluxView {
  let phases: [FluxPhase]
  /// Names of Kustomizations, HelmReleases and sources, whatever namespace a kustomization gives them.
  private let names: [String: Set<String>]

  init(_ survey: Survey) {
    let all = survey.manifests + survey.builds.values.flatMap(\.manifests)
    var names: [String: Set<String>] = [:]
    for manifest in all
    where manifest.group.hasSuffix("toolkit.fluxcd.io") || manifest.group.hasSuffix("controlplane.io") {
      names[manifest.kind, default: []].insert(manifest.name)
    }
    self.names = names
    phases = survey.manifests(ofKind: "Kustomization").filter { $0.group == "kustomize.toolkit.fluxcd.io" }.map {
      FluxPhase($0, in: survey)
    }
  }

  func has(_ kind: String, _ name: String) -> Bool { names[kind]?.contains(name) == true }
  func hasAny(_ kind: String) -> Bool { names[kind] != nil }
}

extension Survey {
  /// What a kustomization brings, as it lies there where it was not built, and why that is not known.
  fileprivate func brought(by folder: String) -> (unknown: String?, objects: [Manifest]) {
    if let build = builds[folder] {
      return (build.failure.map { _ in "its folder does not build" } ?? build.unknown, build.manifests)
    }
    let closure = kustomizations.closure(of: folder)
    let isKnown = closure.remotes.isEmpty && closure.missing.isEmpty && !closure.rendersCharts
    let files = kustomizations.resources(behind: folder)
    return (
      isKnown ? nil : "something of it would have to be fetched, or is missing",
      files.flatMap { Manifest.all(in: tree[$0]?.documents ?? []) }
    )
  }
}

extension FluxPhase {
  fileprivate init(_ manifest: Manifest, in survey: Survey) {
    self.manifest = manifest
    let folder = manifest["spec", "path"]?.text.flatMap { text in
      survey.tree.path(of: text.hasPrefix("/") ? String(text.dropFirst()) : text)
    }
    guard let folder, !folder.isEmpty, survey.tree.folders.contains(folder) else {
      (self.folder, unknown, objects) = (nil, "its folder is not in this tree", [])
      return
    }
    self.folder = folder
    guard survey.kustomizations[folder] == nil else {
      (unknown, objects) = survey.brought(by: folder)
      return
    }
    let taken = FluxFolder(folder, survey.tree, survey.kustomizations)
    let parts = taken.kustomizations.map(survey.brought)
    unknown = parts.lazy.compactMap(\.unknown).first
    objects = taken.files.flatMap { Manifest.all(in: $0.documents) } + parts.flatMap(\.objects)
  }
}

extension Survey {
  /// What Flux is told in this tree.
  var flux: FluxView { memory.flux.value { FluxView(self) } }
}
