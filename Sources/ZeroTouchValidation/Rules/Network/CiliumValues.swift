import ZeroTouchManifests
import ZeroTouchModel

/// What the Applications of a repository give Cilium's chart.
enum CiliumValues {
  static func all(in survey: Survey) -> [ChartSettings] { survey.settings(of: ["cilium"]) }

  /// Every mapping of values that some installation of Cilium gets, by whatever means, with the places in it.
  static func mappings(in survey: Survey) -> [(node: LocatedYAML, place: ([String]) -> SourceLocation)] {
    all(in: survey).flatMap(\.mappings)
      + CiliumInstallations(survey).values.map { node in (node: node, place: { node.place(at: $0) }) }
  }
}

/// Cilium where no Application installs it: a release of Flux, a kustomization that renders its chart, or Talos itself.
struct CiliumInstallations {
  /// What releases and kustomizations give its chart, as it stands in their files.
  let values: [LocatedYAML]
  /// Whether anything of them is there.
  let isInstalled: Bool
  /// Whether Talos applies one whose settings say that it takes kube-proxy's place.
  private let replacesProxyInline: Bool

  init(_ survey: Survey) {
    let sources = FluxSources(survey)
    let releases = survey.manifests(ofKind: "HelmRelease").filter { sources.chart(of: $0) == "cilium" }
    let rendered = survey.kustomizations.folders.flatMap { folder in
      (survey.kustomizations[folder]?.body["helmCharts"]?.items ?? []).filter { $0["name"]?.text == "cilium" }.map {
        (folder, $0)
      }
    }
    let inline = survey.talosFiles.flatMap(\.inlineManifests).filter { $0.name.contains("cilium") }
    values =
      releases.flatMap { Self.values(of: $0, in: survey) }
      + rendered.flatMap { folder, chart in Self.values(of: chart, in: folder, survey.tree) }
    isInstalled = !releases.isEmpty || !rendered.isEmpty || !inline.isEmpty
    replacesProxyInline = inline.contains {
      $0.text.contains(#/kube-proxy-replacement:\s*["']?(true|strict)/#)
    }
  }

  /// Whether one of them takes kube-proxy's place.
  var replacesProxy: Bool {
    replacesProxyInline
      || values.contains {
        $0["kubeProxyReplacement"]?.scalar == .bool(true)
          || ["true", "strict"].contains($0["kubeProxyReplacement"]?.text)
      }
  }

  /// The values of a release: its own, and those that a generator beside it makes a ConfigMap of.
  private static func values(of release: Manifest, in survey: Survey) -> [LocatedYAML] {
    let names = (release["spec", "valuesFrom"]?.items ?? []).compactMap { $0["name"]?.text }
    let folder = RepositoryTree.parent(of: release.file)
    let generators = (survey.kustomizations[folder]?.body["configMapGenerator"]?.items ?? []).filter {
      $0["name"]?.text.map(names.contains) ?? false
    }
    let files = generators.flatMap { $0["files"]?.items ?? [] }.compactMap(\.text).compactMap { text in
      RepositoryTree.resolve(String(text.split(separator: "=").last ?? ""), from: folder)
    }
    return files.compactMap { survey.tree[$0]?.documents.first } + [release["spec", "values"]].compactMap(\.self)
  }

  private static func values(of chart: LocatedYAML, in folder: String, _ tree: RepositoryTree) -> [LocatedYAML] {
    let names = [chart["valuesFile"]] + (chart["additionalValuesFiles"]?.items ?? [])
    let files = names.compactMap { $0?.text }.compactMap { RepositoryTree.resolve($0, from: folder) }
    return files.compactMap { tree[$0]?.documents.first } + [chart["valuesInline"]].compactMap(\.self)
  }
}
