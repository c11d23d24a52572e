import ZeroTouchManifests
import ZeroTouchModel

extension Survey {
  /// Charts of this tree that no Application renders, and Flux's releases, which nothing here renders.
  var unrendered: [Note] {
    let consumed = clusters.reduce(into: Set<String>()) { $0.formUnion($1.consumed) }
    let charts = tree.charts.filter { chart in
      let isPart = tree.charts.contains { chart.hasPrefix($0.isEmpty ? "charts/" : "\($0)/charts/") }
      return !isPart && !consumed.contains(chart) && !illustrations.contains(place("Chart.yaml", in: chart))
    }
    let releases = manifests(ofKind: "HelmRelease").filter {
      $0.group == "helm.toolkit.fluxcd.io" && !illustrations.contains($0.file)
    }
    return notBuilt(but: consumed)
      + charts.map {
        Note(
          at: SourceLocation(file: place("Chart.yaml", in: $0), line: 1, column: 1),
          "no Application seen here renders this chart: what it brings is unknown")
      } + releases.map { Note(at: $0.body.location, "Flux's releases are not rendered: what it brings is unknown") }
  }

  /// Kustomizations that somebody may build and that nobody could here; those that Applications read are told there.
  private func notBuilt(but consumed: Set<String>) -> [Note] {
    kustomizations.tops.compactMap { folder in
      guard !consumed.contains(folder), let build = builds[folder], build.unknown != nil,
        let kustomization = kustomizations[folder], !illustrations.contains(kustomization.file)
      else { return nil }
      return build.openQuestion.map { Note(at: kustomization.body.location, $0) }
    }
  }

  /// Folders with what people keep and nobody applies.
  var putAway: [Note] {
    Set(tree.files.compactMap { illustrations.attic(of: $0.path) }).map {
      Note(
        at: SourceLocation(file: $0, line: 1, column: 1),
        "nobody applies it, and it is put away by its name: only secrets are looked for in it")
    }
  }

  private func place(_ name: String, in folder: String) -> String { folder.isEmpty ? name : "\(folder)/\(name)" }
}
