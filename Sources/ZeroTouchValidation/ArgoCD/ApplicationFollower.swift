import ZeroTouchManifests
import ZeroTouchModel

/// Follows Applications from the entry points of a tree to everything they bring.
struct ApplicationFollower: Sendable {
  let tree: RepositoryTree
  let kustomizations: KustomizationSet
  /// The objects of all files, file by file.
  let manifests: [Manifest]
  var builds: [String: KustomizeBuild] = [:]
  var releases: [ChartRelease: ChartBuild] = [:]
  private var charts: CatalogueRendering
  private let ranges: [String: Range<Int>]
  /// The files that a kustomization names, or leaves out in so many words: nobody applies them by themselves.
  private let named: Set<String>

  init(tree: RepositoryTree, kustomizations: KustomizationSet, catalogue: ChartCatalogue) {
    self.tree = tree
    self.kustomizations = kustomizations
    charts = CatalogueRendering(catalogue: catalogue, tree: tree)
    named = Set(kustomizations.all.values.flatMap(\.references).compactMap(\.file)).union(kustomizations.leftOut)
    var manifests: [Manifest] = []
    var ranges: [String: Range<Int>] = [:]
    for file in tree.files {
      let start = manifests.count
      manifests += Manifest.all(in: file.documents).filter { $0.group != "kustomize.config.k8s.io" }
      if manifests.count > start { ranges[file.path] = start..<manifests.count }
    }
    self.manifests = manifests
    self.ranges = ranges
  }

  /// The objects of a file.
  func manifests(of file: String) -> ArraySlice<Manifest> { ranges[file].map { manifests[$0] } ?? [] }

  /// What a kustomization brings. Of one that is not rendered, the Applications among its resources as they lie there:
  /// whatever else it does to them, it brings them.
  func brought(by folder: String) -> [Manifest] {
    guard let build = builds[folder], build.openQuestion != nil else { return builds[folder]?.manifests ?? [] }
    return kustomizations.resources(behind: folder).flatMap(manifests).filter(\.leadsOn)
  }

  /// What has to be built to know more.
  struct Unbuilt: Sendable {
    /// Of kustomizations.
    var folders: Set<String> = []
    var releases: Set<ChartRelease> = []

    var isEmpty: Bool { folders.isEmpty && releases.isEmpty }
  }

  /// The clusters as far as they are known.
  mutating func follow() -> (views: [ClusterView], missing: Unbuilt) {
    let own = OwnRepository(
      applications: (manifests + builds.values.flatMap(\.manifests)).filter(\.leadsOn), tree: tree)
    var expansions: [ApplicationExpansion] = []
    for entry in entries() { expansions += expand(entry, own) }
    let roots = expansions.enumerated().filter { index, expansion in
      !expansions.enumerated().contains { other, reader in
        other != index && reader.consumed.contains(expansion.entry.key)
          && !(expansion.consumed.contains(reader.entry.key) && index < other)
      }
    }
    let missing = expansions.reduce(into: Unbuilt()) { missing, expansion in
      missing.folders.formUnion(expansion.missing.folders.subtracting(builds.keys))
      missing.releases.formUnion(expansion.missing.releases.subtracting(releases.keys))
    }
    return (roots.map(\.element.view), missing)
  }

  private mutating func expand(_ entry: EntryPoint, _ own: OwnRepository) -> [ApplicationExpansion] {
    var expansion = ApplicationExpansion(entry: entry)
    expansion.run(in: self, own: own, charts: &charts)
    // The same name twice behind several Applications: each of them is a cluster of its own.
    let parts = entry.parts
    guard expansion.hasNameTwice, parts.count > 1 else { return [expansion] }
    return parts.map { part in
      var expansion = ApplicationExpansion(entry: part)
      expansion.run(in: self, own: own, charts: &charts)
      return expansion
    }
  }

  /// What holds Applications and might be applied by people.
  private func entries() -> [EntryPoint] {
    let built = kustomizations.tops.compactMap { folder -> EntryPoint? in
      let manifests = brought(by: folder)
      guard manifests.contains(where: \.leadsOn) else { return nil }
      return EntryPoint(name: folder, key: folder, manifests: manifests, unknown: unknown(of: folder))
    }
    let files = ranges.keys.filter { file in !named.contains(file) && !isInChart(file) }
    let folders = Dictionary(grouping: files, by: RepositoryTree.parent)
    let plain = folders.sorted { $0.key < $1.key }.compactMap { folder, files -> EntryPoint? in
      let manifests = files.sorted().flatMap(manifests)
      guard let first = manifests.first(where: \.leadsOn) else { return nil }
      return EntryPoint(name: folder.isEmpty ? first.file : folder, key: first.file, manifests: manifests)
    }
    return built + plain
  }

  private func unknown(of folder: String) -> ClusterView.Unknown? {
    guard let reason = builds[folder]?.openQuestion, let kustomization = kustomizations[folder] else { return nil }
    return ClusterView.Unknown(manifest: Manifest(kustomization), path: [], text: reason)
  }

  private func isInChart(_ file: String) -> Bool {
    var folder = RepositoryTree.parent(of: file)
    while !folder.isEmpty {
      if tree.charts.contains(folder) { return true }
      folder = RepositoryTree.parent(of: folder)
    }
    return tree.charts.contains("")
  }
}

/// Something that people apply and that leads to Applications.
struct EntryPoint: Sendable {
  let name: String
  /// What an Application that reads it consumes: the folder of a kustomization, or a file.
  let key: String
  let manifests: [Manifest]
  /// Why there may be more of it.
  var unknown: ClusterView.Unknown?

  /// One entry point for every Application in it, each with what is no Application.
  var parts: [EntryPoint] {
    let others = manifests.filter { !$0.leadsOn }
    return manifests.filter(\.leadsOn).map {
      EntryPoint(name: "\(name) (\($0.name))", key: key, manifests: others + [$0], unknown: unknown)
    }
  }
}

extension Manifest {
  package var isApplication: Bool { kind == "Application" && group == "argoproj.io" }
  package var isApplicationSet: Bool { kind == "ApplicationSet" && group == "argoproj.io" }
  /// Whether Argo CD makes more of it.
  var leadsOn: Bool { isApplication || isApplicationSet }
}
