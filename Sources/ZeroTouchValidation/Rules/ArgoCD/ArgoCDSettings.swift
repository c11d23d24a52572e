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

  /// Whether Application objects have a health, without which no wave waits for them.
  var judgesApplications: Bool {
    places.contains { place in
      (place.node.entries ?? []).contains { entry in
        entry.key == "resource.customizations.health.argoproj.io_Application"
          || (entry.key == "resource.customizations" && entry.value.text?.contains("argoproj.io/Application:") == true)
          || (entry.key == "resourceHealthChecks"
            && (entry.value.items ?? []).contains { $0["kind"]?.text == "Application" })
      }
    }
  }
}
