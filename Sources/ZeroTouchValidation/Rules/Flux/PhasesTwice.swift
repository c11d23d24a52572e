import ZeroTouchManifests
import ZeroTouchModel

extension Survey {
  /// Kustomizations of one folder of files that apply the same folder in the same way.
  var phasesTwice: [Rule.Violation] {
    let phases = manifests(ofKind: "Kustomization").filter {
      $0.group == "kustomize.toolkit.fluxcd.io" && $0.name != "flux-system"
        && $0["spec", "suspend"]?.scalar != .bool(true)
    }
    let groups = Dictionary(grouping: phases) { phase -> String in
      guard let path = phase["spec", "path"]?.text, let folder = RepositoryTree.resolve(path, from: ""),
        !folder.isEmpty,
        !folder.contains("${")
      else { return "" }
      // What makes something else of the same folder is a reason to read it twice.
      let ways = [
        "sourceRef", "targetNamespace", "postBuild", "patches", "components", "namePrefix", "nameSuffix",
        "images", "kubeConfig", "commonMetadata",
      ].map { phase.body["spec"]?[$0]?.json.text() ?? "" }
      return ([RepositoryTree.parent(of: phase.file), folder] + ways).joined(separator: "\n")
    }
    return groups.filter { !$0.key.isEmpty }.values.flatMap { group -> [Rule.Violation] in
      let sorted = group.sorted { $0.body.location < $1.body.location }
      guard let first = sorted.first else { return [] }
      return sorted.dropFirst().filter { $0.name != first.name }.map {
        Rule.Violation(
          at: place(of: $0, at: "spec", "path"),
          "the Kustomization `\($0.name)` applies `\($0["spec", "path"]?.text ?? "")`, and so does `\(first.name)`")
      }
    }
  }
}
