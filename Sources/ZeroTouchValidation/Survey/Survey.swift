package import ZeroTouchManifests
package import ZeroTouchModel

/// All that is known of a repository; what rules are asked about.
///
/// One object and no value, because rules hand it to every closure: copying it cost a sixth of a validation.
package final class Survey: Sendable {
  package let tree: RepositoryTree
  package let kustomizations: KustomizationSet
  /// What was built, by folder: every kustomization that nothing includes, and every one an Application names.
  package let builds: [String: KustomizeBuild]
  /// The objects of all files, as they lie there.
  package let manifests: [Manifest]
  /// One for each entry point that leads to Applications.
  package let clusters: [ClusterView]
  package let catalogue: ChartCatalogue
  /// Who provides and needs what, one graph a cluster.
  package let graphs: [ClusterGraph]
  /// The files that show or test something.
  package let illustrations: Illustrations
  /// What comes too late, by what it is about.
  let lateness: [Capability.Subject: [Rule.Violation]]
  /// The stage that was asked about; nil where all were.
  package let stage: String?
  /// The files of clusters that were left out; nil where none was.
  let leftOut: Set<String>?
  /// What could not be known.
  package let notes: [Note]
  private let byKind: [String: [Int]]
  /// The ApplicationSets behind the Applications that no file holds.
  private let sets: [Manifest.Origin: [String: Manifest]]
  let memory: SurveyMemory

  convenience init(
    tree: RepositoryTree, kustomizations: KustomizationSet, builds: [String: KustomizeBuild], manifests: [Manifest],
    graphs: [ClusterGraph], catalogue: ChartCatalogue
  ) {
    let read = Survey(
      read: tree, kustomizations: kustomizations, builds: builds, manifests: manifests, graphs: graphs,
      catalogue: catalogue)
    self.init(read, notes: read.everythingUnknown, lateness: OrderReport(read).violations)
  }

  /// What was read and nothing that follows from it.
  private init(
    read tree: RepositoryTree, kustomizations: KustomizationSet, builds: [String: KustomizeBuild],
    manifests: [Manifest], graphs: [ClusterGraph], catalogue: ChartCatalogue
  ) {
    self.tree = tree
    self.kustomizations = kustomizations
    self.builds = builds
    self.manifests = manifests
    self.graphs = graphs
    clusters = graphs.map(\.cluster)
    self.catalogue = catalogue
    illustrations = Illustrations(
      tree: tree, kustomizations: kustomizations, clusters: clusters, manifests: manifests)
    byKind = Dictionary(grouping: manifests.indices, by: { manifests[$0].kind })
    sets = Dictionary(grouping: clusters.flatMap(\.applications).filter { $0.set != nil }, by: \.manifest.origin)
      .mapValues { Dictionary($0.compactMap { one in one.set.map { (one.name, $0) } }) { first, _ in first } }
    memory = SurveyMemory()
    (notes, lateness, stage, leftOut) = ([], [:], nil, nil)
  }

  /// The same with what follows from it.
  private init(
    _ read: Survey, notes: [Note], lateness: [Capability.Subject: [Rule.Violation]], stage: String? = nil,
    leftOut: Set<String>? = nil
  ) {
    tree = read.tree
    kustomizations = read.kustomizations
    builds = read.builds
    manifests = read.manifests
    graphs = read.graphs
    clusters = read.clusters
    catalogue = read.catalogue
    illustrations = read.illustrations
    byKind = read.byKind
    sets = read.sets
    memory = read.memory
    (self.notes, self.lateness, self.stage, self.leftOut) = (notes, lateness, stage, leftOut)
  }

  /// What cannot be known, once each.
  private var everythingUnknown: [Note] {
    let unknowns = clusters.flatMap(\.unknowns).map { Note(at: place(of: $0.manifest, at: $0.path), $0.text) }
    let unfilled = templates.union(tree.files.filter(\.isUnfilled).map(\.path)).map {
      Note(at: SourceLocation(file: $0, line: 1, column: 1), "not read: another program fills in its placeholders")
    }
    let elsewhere = kindsFromElsewhere + storesFromElsewhere + thingsFromElsewhere
    let unclear = unrendered + putAway + unclearHealthOfApplications + unreadDefinitions + furtherUnknowns
    return Set(unknowns + unfilled + tree.skipped.map(Note.init) + unclear + elsewhere).sorted()
  }

  /// The same with only some of the clusters, and without what is said of the others' own files.
  package func keeping(stage: String? = nil, _ isWanted: (ClusterView) -> Bool) -> Survey {
    let kept = Survey(
      tree: tree, kustomizations: kustomizations, builds: builds, manifests: manifests,
      graphs: graphs.filter { isWanted($0.cluster) }, catalogue: catalogue)
    let others = clusters.filter { !isWanted($0) }.map(files).reduce(into: Set<String>()) { $0.formUnion($1) }
    return Survey(
      kept, notes: kept.notes, lateness: kept.lateness, stage: stage,
      leftOut: others.subtracting(kept.clusters.flatMap(files)))
  }

  /// The files that a cluster is made of.
  private func files(of cluster: ClusterView) -> Set<String> {
    var files = Set(cluster.objects.compactMap { tree[$0.manifest.file] == nil ? nil : $0.manifest.file })
    for folder in cluster.consumed.union([cluster.entry]) {
      if tree[folder] != nil { files.insert(folder) }
      guard kustomizations[folder] != nil else { continue }
      let closure = kustomizations.closure(of: folder)
      files.formUnion(closure.files)
      files.formUnion(closure.folders.compactMap { kustomizations[$0]?.file })
    }
    return files
  }

  /// The same with only the entry points whose names end with a stage.
  package func keeping(stage: String) -> Survey { keeping(stage: stage) { $0.isOf(stage: stage) } }

  /// The objects of a kind, as they lie in files.
  package func manifests(ofKind kind: String) -> [Manifest] { (byKind[kind] ?? []).map { manifests[$0] } }

  /// Every Application of every cluster, rendered, with the cluster it belongs to.
  package var applications: [(cluster: ClusterView, application: DeployedApplication)] {
    clusters.flatMap { cluster in cluster.applications.map { (cluster, $0) } }
  }

  /// Where in the tree a part of an object is written: what was built is traced to the file or patch that says so.
  package func place(of manifest: Manifest, at path: String...) -> SourceLocation { place(of: manifest, at: path) }

  package func place(of manifest: Manifest, at path: [String]) -> SourceLocation {
    if manifest.isApplication, let set = sets[manifest.origin]?[manifest.name] {
      return place(of: set, at: ["spec", "template"] + path)
    }
    guard case .build(let folder) = manifest.origin else { return manifest.body.place(at: path) }
    let sources = memory.sources.index(of: folder, in: kustomizations, tree)
    return SourceTrace(manifest: manifest, path: path, survey: self, sources: sources).place
  }
}

extension Survey {
  /// Where an object is written; one of a chart stands where the Application names the chart.
  package func place(of object: PlacedObject, in cluster: ClusterView, at path: [String] = ["metadata", "name"])
    -> SourceLocation
  {
    guard case .chart = object.manifest.origin, let application = cluster.application(object.application) else {
      return place(of: object.manifest, at: path)
    }
    let source = application.sources[object.source]
    return place(of: application.manifest, at: source.path + [source.chart == nil ? "path" : "chart"])
  }
}
