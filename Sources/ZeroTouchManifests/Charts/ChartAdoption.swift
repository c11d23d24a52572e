package import ZeroTouchModel

/// Holds the Application with which Argo CD adopts what was installed before it against that installation: where they
/// differ, its first sync would change a release under the running cluster's feet.
package struct ChartAdoption: Sendable {
  private let lock: ArtifactLock
  /// The chart's name, in the lock as well.
  private let chart: String
  private let release: String
  private let namespace: String
  /// Who installed it, as in `and Talos applies`.
  private let installer: String
  /// The lists of values, as Git knows the files, with which it may have been installed.
  private let applied: [[String]]
  /// Whether the lock's URL begins with the chart's repository.
  private let comparesRepository: Bool

  /// Cilium, which Talos applies as an inline manifest.
  ///
  /// - Parameter gateway: Where the Gateway's address comes from; nil where nobody says, and either will do.
  package static func cilium(_ lock: ArtifactLock, gateway: Network.Gateway? = nil) -> ChartAdoption {
    let values = "bootstrap/cilium/values.yaml"
    let announced = [values, "bootstrap/cilium/gateway-l2.yaml"]
    let applied =
      switch gateway?.mode {
      case .hostNetwork: [[values]]
      case .l2: [announced]
      case nil: [[values], announced]
      }
    return ChartAdoption(
      lock: lock, chart: "cilium", release: "cilium", namespace: "kube-system", installer: "Talos applies",
      applied: applied, comparesRepository: true)
  }

  /// Argo CD, which holds itself once it runs. Its chart comes from a release of the repository, under another address.
  package static func argoCD(_ lock: ArtifactLock) -> ChartAdoption {
    ChartAdoption(
      lock: lock, chart: "argo-cd", release: "argocd", namespace: "argocd", installer: "the bootstrap installs",
      applied: [["bootstrap/argocd/values.yaml"]], comparesRepository: false)
  }

  /// What differs, in manifests as they lie in Git or as a kustomization renders them; nothing where none adopts it.
  package func problems(in text: String, file: String) throws(InvalidInput) -> [Diagnostic] {
    try LocatedYAML.documents(of: text, file: file).flatMap(problems)
  }

  /// The same of one manifest.
  package func problems(in document: LocatedYAML) -> [Diagnostic] {
    guard document["kind"]?.scalar?.stringValue == "Application", let spec = document["spec"],
      let source = sources(of: spec).first(where: { $0["chart"]?.scalar?.stringValue == chart })
    else { return [] }
    let name = document[path: "metadata", "name"]?.scalar?.stringValue ?? "?"
    let named = source[path: "helm", "releaseName"] ?? document[path: "metadata", "name"] ?? document
    return
      (chartProblems(source)
      + [
        difference("releaseName", named, release),
        difference("destination.namespace", spec[path: "destination", "namespace"] ?? spec, namespace),
      ].compactMap(\.self) + valueProblems(source)).map { problem in
        Diagnostic(at: problem.location, "the Application `\(name)` \(problem.message)", remedy: problem.remedy)
      }
  }

  private func sources(of spec: LocatedYAML) -> [LocatedYAML] {
    spec["sources"]?.items ?? [spec["source"]].compactMap(\.self)
  }

  private func chartProblems(_ source: LocatedYAML) -> [Diagnostic] {
    guard let pinned = lock[chart] else { return [] }
    let repository = source["repoURL"]
    let revision = source["targetRevision"]
    var problems: [Diagnostic] = []
    if comparesRepository, let url = repository?.scalar?.stringValue, !pinned.url.hasPrefix(url) {
      problems.append(
        Diagnostic(
          at: repository?.location, "takes the chart from `\(url)`, and the lock pins \(pinned.url)",
          remedy: "take both from one repository"))
    }
    // Git holds a mark in its place; the kustomization writes what versions.yaml says.
    if let version = revision?.scalar?.stringValue, version != "versions", version != pinned.version {
      problems.append(
        Diagnostic(
          at: revision?.location,
          "takes version `\(version)` (`targetRevision`), and the lock pins `\(pinned.version)`",
          remedy:
            "write `\(pinned.version)` to bootstrap/argocd/versions.yaml, or pin the other version: zerotouch artifacts update \(chart)@\(version)"
        ))
    }
    return problems
  }

  private func valueProblems(_ source: LocatedYAML) -> [Diagnostic] {
    let helm = source["helm"]
    let files = helm?["valueFiles"]?.items?.compactMap(\.scalar?.stringValue) ?? []
    var problems: [Diagnostic] = []
    if !applied.contains(where: { $0.map { "$values/\($0)" } == files }) {
      problems.append(
        Diagnostic(
          at: (helm?["valueFiles"] ?? helm ?? source).location,
          "takes its values from \(files.isEmpty ? "nowhere" : Self.list(files)) (`helm.valueFiles`), and \(installer) those of \(Self.list(applied[0]))",
          remedy:
            "write `valueFiles: [\(applied[0].map { "$values/\($0)" }.joined(separator: ", "))]`, with the repository as a source of its own, `ref: values`"
        ))
    }
    for key in ["values", "valuesObject", "parameters", "fileParameters"] {
      guard let entry = helm?.entry(key) else { continue }
      problems.append(
        Diagnostic(
          at: entry.keyLocation, "has values of its own in `helm.\(key)`, and \(installer) without them",
          remedy: "move them to \(applied[0][0])"))
    }
    return problems
  }

  private static func list(_ files: [String]) -> String { files.map { "`\($0)`" }.joined(separator: ", ") }

  private func difference(_ key: String, _ node: LocatedYAML, _ wanted: String) -> Diagnostic? {
    guard let value = node.scalar?.stringValue ?? Optional(""), value != wanted else { return nil }
    return Diagnostic(
      at: node.location, "has `\(key)` `\(value)`, and \(installer) with `\(wanted)`",
      remedy: "write `\(wanted)`")
  }
}
