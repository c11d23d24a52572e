import ZeroTouchManifests
import ZeroTouchModel

/// What becomes of an entry point once every Application in it was followed.
struct ApplicationExpansion: Sendable {
  let entry: EntryPoint
  private(set) var applications: [DeployedApplication] = []
  private(set) var objects: [PlacedObject] = []
  private(set) var unknowns: [ClusterView.Unknown]
  /// Folders of kustomizations and files that Applications read.
  private(set) var consumed: Set<String> = []
  /// Kustomizations and charts that were not built yet.
  private(set) var missing = ApplicationFollower.Unbuilt()
  private(set) var hasNameTwice = false
  private var names: Set<String> = []
  private var namesTwice: [ClusterView.NameTwice] = []

  init(entry: EntryPoint) {
    self.entry = entry
    unknowns = [entry.unknown].compactMap(\.self)
  }

  var view: ClusterView {
    ClusterView(
      entry: entry.name, applications: applications, objects: objects, unknowns: unknowns, consumed: consumed,
      namesTwice: namesTwice)
  }

  mutating func run(in follower: ApplicationFollower, own: OwnRepository, charts: inout CatalogueRendering) {
    add(entry.manifests, of: nil, source: 0, in: follower, own: own)
    var next = 0
    while next < applications.count {
      let application = applications[next]
      next += 1
      for (index, source) in application.sources.enumerated() where !source.onlyLends {
        let manifests = render(source, of: application, follower, own, &charts)
        add(manifests, of: application, source: index, in: follower, own: own)
      }
    }
  }

  private mutating func add(
    _ manifests: [Manifest], of application: DeployedApplication?, source: Int, in follower: ApplicationFollower,
    own: OwnRepository
  ) {
    for manifest in manifests {
      let wave = PlacedObject.wave(of: manifest)
      let isClusterWide = manifest.groupKind.isNamespaced == false
      objects.append(
        PlacedObject(
          manifest: manifest, application: application?.id, source: source, wave: wave,
          namespace: isClusterWide ? nil : manifest.namespace ?? application?.destinationNamespace))
      if manifest.isApplication {
        enter(manifest, parent: application?.id, wave: wave, set: nil)
      } else if manifest.isApplicationSet {
        enter(set: manifest, parent: application?.id, wave: wave, in: follower, own: own)
      }
    }
  }

  private mutating func enter(_ manifest: Manifest, parent: Int?, wave: Int, set: Manifest?) {
    // An Application that applies itself, or one that stands in two folders, is followed once.
    guard names.insert("\(manifest.namespace ?? "argocd")/\(manifest.name)").inserted else {
      hasNameTwice = true
      return
    }
    applications.append(
      DeployedApplication(
        id: applications.count, manifest: manifest, parent: parent, wave: wave, set: set,
        sources: ApplicationSource.all(of: manifest)))
  }

  private mutating func enter(
    set: Manifest, parent: Int?, wave: Int, in follower: ApplicationFollower, own: OwnRepository
  ) {
    do throws(GeneratedApplications.Unknown) {
      let made = try GeneratedApplications(set, tree: follower.tree, own: own)?.manifests() ?? []
      var seen: Set<String> = []
      for json in made {
        let body = LocatedYAML(json, at: set.body.place(at: ["spec", "template"]))
        guard let manifest = Manifest(body, origin: set.origin) else { continue }
        if !seen.insert(manifest.name).inserted, namesTwice.last?.set.body.location != set.body.location {
          namesTwice.append(ClusterView.NameTwice(set: set, name: manifest.name))
        }
        enter(manifest, parent: parent, wave: wave, set: set)
      }
    } catch {
      unknowns.append(
        ClusterView.Unknown(
          manifest: set, path: ["spec", "generators"],
          text: "the ApplicationSet `\(set.name)`: \(error.description); the Applications it makes are unknown"))
    }
  }
}

extension ApplicationExpansion {
  /// What a source renders to, as far as that is known.
  private mutating func render(
    _ source: ApplicationSource, of application: DeployedApplication, _ follower: ApplicationFollower,
    _ own: OwnRepository, _ charts: inout CatalogueRendering
  ) -> [Manifest] {
    if source.chart == nil, let folder = source.folder, own.answers(for: source.repoURL) {
      return local(source, folder, of: application, follower, &charts)
    }
    let rendering = charts.render(source, of: application)
    if let reason = rendering.unknown, !RunningCharts.covers(source.chart) {
      unknowns.append(
        ClusterView.Unknown(manifest: application.manifest, path: source.path + ["repoURL"], text: reason))
    }
    return rendering.manifests
  }

  private mutating func local(
    _ source: ApplicationSource, _ name: String, of application: DeployedApplication, _ follower: ApplicationFollower,
    _ charts: inout CatalogueRendering
  ) -> [Manifest] {
    guard let folder = follower.tree.path(of: name),
      folder.isEmpty || follower.tree.folders.contains(folder)
    else {
      note("the folder `\(name)` does not exist here: what it brings is unknown", source, application)
      return []
    }
    switch SourceDetection(source, folder, in: follower.tree) {
    case .kustomization: return build(folder, source, application, follower)
    case .directory(let files):
      consumed.formUnion(files)
      return files.flatMap(follower.manifests)
    case .chart(let definitions):
      consumed.insert(folder)
      return release(folder, source, application, follower, &charts) ?? definitions.flatMap(follower.manifests)
    case .unknown(let reason):
      note(reason, source, application)
      return []
    }
  }

  /// What a chart in this tree brings; nil where helm cannot tell, then its `crds` folder is known all the same.
  private mutating func release(
    _ folder: String, _ source: ApplicationSource, _ application: DeployedApplication,
    _ follower: ApplicationFollower, _ charts: inout CatalogueRendering
  ) -> [Manifest]? {
    let chart = LocalChart(folder: folder, in: follower.tree)
    let release: ChartRelease
    do {
      release = try ChartRelease(source, of: application, chart: folder, in: follower.tree)
    } catch {
      note("the chart in `\(folder)` is not rendered: \(error)", source, application)
      return nil
    }
    let absent = chart.absent(with: release.values)
    guard absent.isEmpty else {
      if chart.hasTemplates {
        let names = absent.map { "`\($0.name)`" }.joined(separator: ", ")
        note(
          "the chart in `\(folder)` is made of \(names), which would have to be fetched: what its own templates bring "
            + "is unknown", source, application)
      }
      return absent.flatMap { part in
        render(part.source(in: release, at: source.node.location), of: application, chartOf: source, &charts)
      }
    }
    guard let build = follower.releases[release] else {
      missing.releases.insert(release)
      return []
    }
    if let reason = build.unknown {
      note("the chart in `\(folder)` is not rendered: \(reason); what it brings is unknown", source, application)
      return nil
    }
    return build.objects.compactMap {
      Manifest(LocatedYAML($0, at: source.node.location), origin: .chart(chart.name))
    }
  }

  /// A chart out of the catalogue that a chart of this tree is made of.
  private mutating func render(
    _ part: ApplicationSource, of application: DeployedApplication, chartOf source: ApplicationSource,
    _ charts: inout CatalogueRendering
  ) -> [Manifest] {
    let rendering = charts.render(part, of: application)
    if let reason = rendering.unknown { note(reason, source, application) }
    return rendering.manifests
  }

  private mutating func build(
    _ folder: String, _ source: ApplicationSource, _ application: DeployedApplication, _ follower: ApplicationFollower
  ) -> [Manifest] {
    consumed.insert(folder)
    guard let build = follower.builds[folder] else {
      missing.folders.insert(folder)
      return []
    }
    if let reason = build.openQuestion { note(reason, source, application) }
    return edited(follower.brought(by: folder), source, application)
  }

  /// What `kustomize` of a source makes of a kustomization's objects, as far as that is followed here.
  private mutating func edited(
    _ manifests: [Manifest], _ source: ApplicationSource, _ application: DeployedApplication
  ) -> [Manifest] {
    let edits = KustomizeEdits(source)
    if !edits.unknown.isEmpty {
      let names = edits.unknown.map { "`\($0)`" }.joined(separator: ", ")
      note("what the Application changes by `kustomize` is not followed: \(names)", source, application)
    }
    return edits.namespace.map { namespace in manifests.map { $0.moved(to: namespace) } } ?? manifests
  }

  private mutating func note(_ text: String, _ source: ApplicationSource, _ application: DeployedApplication) {
    unknowns.append(ClusterView.Unknown(manifest: application.manifest, path: source.path + ["path"], text: text))
  }
}
