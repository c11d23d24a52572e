import ZeroTouchManifests
import ZeroTouchModel

/// How the repository configures Argo CD: `argocd-cm`, the chart's values, or an ArgoCD object.
struct ArgoCDSettings {
  /// One place where settings of `argocd-cm` are written, as keys with their values.
  struct Place {
    let node: LocatedYAML
    let location: SourceLocation
  }

  let places: [Place]
  /// What kustomizations make of `argocd-cm`, which says it all and not where.
  private let built: [LocatedYAML]

  init(_ survey: Survey) {
    places = survey.tree.files.flatMap(\.documents).flatMap { Self.places(in: $0, survey.tree) }
    built = survey.builds.values.flatMap(\.manifests)
      .filter { $0.kind == "ConfigMap" && $0.name == "argocd-cm" && $0.group.isEmpty }.compactMap { $0["data"] }
  }

  private static func places(in document: LocatedYAML, _ tree: RepositoryTree) -> [Place] {
    switch document["kind"]?.text {
    case "ConfigMap":
      guard document["metadata"]?["name"]?.text == "argocd-cm" else { return [] }
      return [place(document, ["data"])].compactMap(\.self)
    case "ArgoCD":
      return [place(document, ["spec"])].compactMap(\.self)
    case "Application": return Manifest(document).map { places(ofChartIn: $0, tree) } ?? []
    case nil, "Kustomization":
      // A file of values: of the chart itself, or of one that holds it; or a kustomization that renders it.
      let holders = [document] + ["argo-cd", "argocd"].compactMap { document[$0] } + inflated(document)
      return holders.compactMap { place($0, ["configs", "cm"]) ?? place($0, ["server", "config"]) } + patches(document)
    default: return []
    }
  }

  private static func places(ofChartIn application: Manifest, _ tree: RepositoryTree) -> [Place] {
    ApplicationSource.all(of: application).filter { $0.chart == "argo-cd" }.flatMap { source in
      ValueLayers(source, in: tree).all.compactMap { layer -> Place? in
        if case .file = layer.form { return nil }
        return place(layer.located(in: application), ["configs", "cm"])
      }
    }
  }

  /// The values a kustomization gives the chart that it renders itself.
  private static func inflated(_ kustomization: LocatedYAML) -> [LocatedYAML] {
    (kustomization["helmCharts"]?.items ?? []).filter { $0["name"]?.text == "argo-cd" }
      .compactMap { $0["valuesInline"] }
  }

  /// What a kustomization says of `argocd-cm` in its own text: patches and literals.
  private static func patches(_ kustomization: LocatedYAML) -> [Place] {
    let texts =
      (kustomization["patches"]?.items ?? []).map { ($0["patch"], $0["target"]?["name"]?.text == "argocd-cm") }
      + (kustomization["patchesStrategicMerge"]?.items ?? []).map { ($0, false) }
    let patched = texts.flatMap { node, isTargeted -> [Place] in
      guard let node, let text = node.text, text.contains("argocd-cm") || isTargeted else { return [] }
      return LocatedYAML.reading(of: text, file: node.location.file).documents.compactMap { document in
        let data = document.items.map { LocatedYAML(JSONValue.settings($0), at: node.location) } ?? document["data"]
        let isOther = document["metadata"]?["name"]?.text.map { $0 != "argocd-cm" } ?? !isTargeted
        return isOther ? nil : data.map { Place(node: $0, location: node.location) }
      }
    }
    let generated = (kustomization["configMapGenerator"]?.items ?? []).filter { $0["name"]?.text == "argocd-cm" }
    return patched
      + generated.map { generator in
        let literals = (generator["literals"]?.items ?? []).compactMap { $0.text?.split(separator: "=", maxSplits: 1) }
        let data = Dictionary(
          literals.map { (String($0[0]), JSONValue.string($0.count > 1 ? String($0[1]) : "")) }
        ) { $1 }
        return Place(node: LocatedYAML(.object(data), at: generator.location), location: generator.location)
      }
  }

  private static func place(_ node: LocatedYAML, _ path: [String]) -> Place? {
    guard let found = node.node(at: path), found.entries != nil else { return nil }
    return Place(node: found, location: node.place(at: path))
  }

  /// The scripts that give Application objects a health, where each is written.
  var healthScripts: [(script: ApplicationHealthScript, location: SourceLocation)] {
    places.compactMap { place in
      guard let entry = place.node.entry(ApplicationHealthScript.key), let text = entry.value.text else { return nil }
      return (ApplicationHealthScript(text), entry.keyLocation)
    }
  }

  private var nodes: [LocatedYAML] { places.map(\.node) + built }

  /// Whether Application objects have a health, without which no wave waits for them.
  var judgesApplications: Bool {
    nodes.contains { node in
      (node.entries ?? []).contains { entry in
        entry.key == ApplicationHealthScript.key
          || (entry.key == "resource.customizations" && entry.value.text?.contains("argoproj.io/Application:") == true)
          || (entry.key == "resourceHealthChecks"
            && (entry.value.items ?? []).contains { $0["kind"]?.text == "Application" })
      }
    }
  }

  /// Whether a kind has a health check of its own, by name or by a pattern with stars.
  func judges(_ kind: GroupKind) -> Bool {
    let prefix = "resource.customizations.health."
    func covers(_ pattern: some StringProtocol, _ separator: Character) -> Bool {
      guard let cut = pattern.lastIndex(of: separator) else { return false }
      return StarPattern(pattern[..<cut]).matches(kind.group[...])
        && StarPattern(pattern[pattern.index(after: cut)...]).matches(kind.kind[...])
    }
    return nodes.contains { node in
      (node.entries ?? []).contains { entry in
        if entry.key.hasPrefix(prefix) { return covers(entry.key.dropFirst(prefix.count), "_") }
        if entry.key == "resource.customizations", let text = entry.value.text {
          return text.lines.contains { line in
            line.first.map { !$0.isWhitespace } ?? false && line.hasSuffix(":")
              && covers(line.dropLast().filter { $0 != "\"" && $0 != "'" }, "/")
          }
        }
        return entry.key == "resourceHealthChecks"
          && (entry.value.items ?? []).contains { $0["group"]?.text == kind.group && $0["kind"]?.text == kind.kind }
      }
    }
  }
}

extension Survey {
  /// Where an Application that installs Argo CD says all that its chart is given: its file of values, or the chart.
  var wholeSettingsOfArgoCD: SourceLocation? {
    for (_, application) in applications {
      for source in application.sources where source.chart == "argo-cd" {
        let layers = ValueLayers(source, in: tree)
        // What lies elsewhere may say it.
        guard !layers.isOpen else { continue }
        let file = layers.all.first { if case .file = $0.form { true } else { false } }
        if let file { return SourceLocation(file: file.node.location.file, line: 1, column: 1) }
        return place(of: application.manifest, at: source.path + ["chart"])
      }
    }
    return nil
  }

  /// What is not known of how Argo CD judges Applications; whether waves wait was not checked there.
  var unclearHealthOfApplications: [Note] {
    guard let gated = clusters.first(where: \.hasWavesOfApplications) else { return [] }
    let settings = argoCDSettings
    guard !settings.judgesApplications, settings.places.isEmpty, wholeSettingsOfArgoCD == nil,
      plainInstallationOfArgoCD == nil
    else { return unclear(settings.healthScripts) }
    let waved = gated.applications.first {
      $0.parent != nil && $0.manifest.annotation(DeployedApplication.waveKey) != nil
    }
    guard let first = waved ?? gated.applications.first else { return [] }
    return [
      Note(
        at: place(of: first.manifest, at: "metadata", "annotations", DeployedApplication.waveKey),
        "nothing here configures Argo CD: whether the waves of `\(gated.entry)` wait for Applications is unknown")
    ]
  }

  private func unclear(_ scripts: [(script: ApplicationHealthScript, location: SourceLocation)]) -> [Note] {
    scripts.compactMap { script, location in
      guard script.onDegraded == .unclear || script.waitsForSynced == nil else { return nil }
      return Note(
        at: location, "the health check for Applications cannot be judged by its text: whether waves wait is unknown")
    }
  }

  /// Where a kustomization installs Argo CD as it comes, which has no health check for Applications.
  var plainInstallationOfArgoCD: SourceLocation? {
    for folder in kustomizations.folders {
      for input in kustomizations[folder]?.resources ?? []
      where input.text.contains("argoproj/argo-cd") && input.text.contains("install.yaml") { return input.location }
    }
    return nil
  }
}

extension JSONValue {
  /// What operations of RFC 6902 put under `data`.
  fileprivate static func settings(_ operations: [LocatedYAML]) -> JSONValue {
    var data: [String: JSONValue] = [:]
    for operation in operations {
      guard let path = operation["path"]?.text, path.hasPrefix("/data/"), let value = operation["value"] else {
        continue
      }
      data[String(path.dropFirst(6)).replacing("~1", with: "/").replacing("~0", with: "~")] = value.json
    }
    return .object(data)
  }
}

extension Survey {
  /// How this tree configures Argo CD.
  var argoCDSettings: ArgoCDSettings { memory.argoCDSettings.value { ArgoCDSettings(self) } }
}
