import ZeroTouchManifests
import ZeroTouchModel

/// Labels by which costs are told apart.
extension Rule {
  static let costLabelMissing = Rule(
    "ZT808", .warning, "a namespace or pod without the labels that costs are told apart by",
    why: "what it costs is nobody's: reports by team, project or cost centre leave it out",
    remedy: "add the labels that `spec.costLabels` of zerotouch.yaml asks for",
    example: Example(
      wrong:
        "# zerotouch.yaml: costLabels: [team, cost-center]\nkind: Namespace\nmetadata: {name: shop, labels: {team: shop}}",
      right: "kind: Namespace\nmetadata: {name: shop, labels: {team: shop, cost-center: \"4711\"}}"),
    check: { survey in
      let wanted = survey.costLabels
      guard !wanted.isEmpty else { return [] }
      return survey.clusters.flatMap { LabelledObjects(cluster: $0, survey: survey, wanted: wanted).violations }
    })
}

/// The namespaces and pods of a cluster, held against the labels that are asked for.
private struct LabelledObjects {
  let cluster: ClusterView
  let survey: Survey
  let wanted: [String]

  private static let givenNamespaces: Set<String> = ["default", "kube-system", "kube-public", "kube-node-lease"]

  var violations: [Rule.Violation] {
    cluster.objects.compactMap(violation) + cluster.applications.compactMap(violation)
  }

  private func violation(_ object: PlacedObject) -> Rule.Violation? {
    // Of a chart's pods only the chart knows the labels.
    if case .chart = object.manifest.origin { return nil }
    let manifest = object.manifest
    let path: [String]
    if manifest.kind == "Namespace", manifest.group.isEmpty, !Self.givenNamespaces.contains(manifest.name) {
      path = ["metadata", "labels"]
    } else if let template = PodTemplate(manifest) {
      path = template.base + ["metadata", "labels"]
    } else {
      return nil
    }
    return missing(manifest.body.node(at: path)).map {
      Rule.Violation(at: survey.place(of: manifest, at: path), "`\(manifest.title)` has no label \($0)")
    }
  }

  /// A namespace that an Application makes, where no manifest does.
  private func violation(_ application: DeployedApplication) -> Rule.Violation? {
    guard application.has(option: "CreateNamespace=true"), let name = application.destinationNamespace,
      !Self.givenNamespaces.contains(name),
      !cluster.objects.contains(where: { $0.manifest.kind == "Namespace" && $0.manifest.name == name }),
      !isLabelledBesides(name, application)
    else { return nil }
    let path = ["spec", "syncPolicy", "managedNamespaceMetadata", "labels"]
    return missing(application.manifest.body.node(at: path)).map {
      Rule.Violation(
        at: survey.place(of: application.manifest, at: path),
        "the Application `\(application.name)` makes the namespace `\(name)` without the label \($0)")
    }
  }

  /// Whether another Application gives the namespace all of the labels.
  private func isLabelledBesides(_ name: String, _ application: DeployedApplication) -> Bool {
    cluster.applications.contains { other in
      other.id != application.id && other.destinationNamespace == name
        && missing(other.manifest["spec", "syncPolicy", "managedNamespaceMetadata", "labels"]) == nil
    }
  }

  private func missing(_ labels: LocatedYAML?) -> String? {
    let missing = wanted.filter { labels?[$0]?.text?.isEmpty ?? true }
    return missing.isEmpty ? nil : missing.map { "`\($0)`" }.joined(separator: ", ")
  }
}

extension Survey {
  /// The labels that the specs of this repository ask for, each once.
  fileprivate var costLabels: [String] {
    let specs = tree.files.flatMap(\.documents).filter {
      $0["kind"]?.text == "Cluster" && $0["apiVersion"]?.text?.hasPrefix("zerotouch.dev/") == true
    }
    let labels = specs.flatMap { $0["spec"]?["costLabels"]?.items ?? [] }.compactMap(\.text)
    var seen: Set<String> = []
    return labels.filter { seen.insert($0).inserted }
  }
}
