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

  init(_ survey: Survey) {
    places = survey.tree.files.flatMap(\.documents).flatMap(Self.places)
  }

  private static func places(in document: LocatedYAML) -> [Place] {
    switch document["kind"]?.text {
    case "ConfigMap":
      guard document["metadata"]?["name"]?.text == "argocd-cm" else { return [] }
      return [place(document, ["data"])].compactMap(\.self)
    case "ArgoCD":
      return [place(document, ["spec"])].compactMap(\.self)
    case "Application":
      let sources = document["spec"]?["sources"]?.items ?? [document["spec"]?["source"]].compactMap(\.self)
      return sources.filter { $0["chart"]?.text == "argo-cd" }
        .compactMap { $0["helm"]?["valuesObject"] }.compactMap { place($0, ["configs", "cm"]) }
    case nil:
      // A file of values: of the chart itself, or of one that holds it.
      let holders = [document] + ["argo-cd", "argocd"].compactMap { document[$0] }
      return holders.compactMap { place($0, ["configs", "cm"]) ?? place($0, ["server", "config"]) }
    default: return []
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

  /// Whether Application objects have a health, without which no wave waits for them.
  var judgesApplications: Bool {
    places.contains { place in
      (place.node.entries ?? []).contains { entry in
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
    return places.contains { place in
      (place.node.entries ?? []).contains { entry in
        if entry.key.hasPrefix(prefix) { return covers(entry.key.dropFirst(prefix.count), "_") }
        if entry.key == "resource.customizations", let text = entry.value.text {
          return text.split(separator: "\n").contains { line in
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
        let names = (source.helm?["valueFiles"]?.items ?? []).compactMap(\.text)
        let files = names.compactMap(ownFile)
        // What lies elsewhere may say it.
        guard files.count == names.count, source.helm?["parameters"] == nil else { continue }
        if let file = files.first { return SourceLocation(file: file, line: 1, column: 1) }
        return place(of: application.manifest, at: source.path + ["chart"])
      }
    }
    return nil
  }

  /// The file of this tree behind `$values/some/file`.
  private func ownFile(_ name: String) -> String? {
    let parts = name.split(separator: "/", maxSplits: 1)
    guard name.hasPrefix("$"), parts.count == 2 else { return nil }
    return RepositoryTree.resolve(String(parts[1]), from: "").flatMap { tree.paths.contains($0) ? $0 : nil }
  }

  /// Scripts whose text does not tell whether waves wait; what they do was not checked.
  var unclearHealthScripts: [Note] {
    guard clusters.contains(where: \.hasWavesOfApplications) else { return [] }
    return ArgoCDSettings(self).healthScripts.compactMap { script, location in
      guard script.onDegraded == .unclear || script.waitsForSynced == nil else { return nil }
      return Note(
        at: location, "the health check for Applications cannot be judged by its text: whether waves wait is unknown")
    }
  }
}
