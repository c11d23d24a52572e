package import ZeroTouchModel

/// Holds the Application with which Argo CD adopts Cilium against what Talos applies: where they differ, the first sync
/// would change the network under the cluster's feet.
package struct CiliumAdoption: Sendable {
  private let lock: ArtifactLock
  /// The file of values, as Git knows it.
  private let values: String
  /// What is otherwise where the Gateway's address is announced.
  private let announcements: String
  /// Where the Gateway's address comes from; nil where nobody says, and either will do.
  private let gateway: Network.Gateway?

  package init(
    lock: ArtifactLock, values: String = "bootstrap/cilium/values.yaml",
    announcements: String = "bootstrap/cilium/gateway-l2.yaml", gateway: Network.Gateway? = nil
  ) {
    self.lock = lock
    self.values = values
    self.announcements = announcements
    self.gateway = gateway
  }

  /// The lists of values with which Talos applies Cilium.
  private var applied: [[String]] {
    switch gateway?.mode {
    case .hostNetwork: [[values]]
    case .l2: [[values, announcements]]
    case nil: [[values], [values, announcements]]
    }
  }

  /// What differs, in manifests as they lie in Git or as a kustomization renders them; nothing where none adopts Cilium.
  package func problems(in text: String, file: String) throws(InvalidInput) -> [Diagnostic] {
    try LocatedYAML.documents(of: text, file: file).flatMap(problems)
  }

  /// The same of one manifest.
  package func problems(in document: LocatedYAML) -> [Diagnostic] {
    guard document["kind"]?.scalar?.stringValue == "Application", let spec = document["spec"],
      let source = sources(of: spec).first(where: { $0["chart"]?.scalar?.stringValue == "cilium" })
    else { return [] }
    let name = document[path: "metadata", "name"]?.scalar?.stringValue ?? "?"
    let release = source[path: "helm", "releaseName"] ?? document[path: "metadata", "name"] ?? document
    return
      (chartProblems(source)
      + [
        difference("releaseName", release, "cilium"),
        difference("destination.namespace", spec[path: "destination", "namespace"] ?? spec, "kube-system"),
      ].compactMap(\.self) + valueProblems(source)).map { problem in
        Diagnostic(at: problem.location, "the Application `\(name)` \(problem.message)", remedy: problem.remedy)
      }
  }

  private func sources(of spec: LocatedYAML) -> [LocatedYAML] {
    spec["sources"]?.items ?? [spec["source"]].compactMap(\.self)
  }

  private func chartProblems(_ source: LocatedYAML) -> [Diagnostic] {
    guard let pinned = lock["cilium"] else { return [] }
    let repository = source["repoURL"]
    let revision = source["targetRevision"]
    var problems: [Diagnostic] = []
    if let url = repository?.scalar?.stringValue, !pinned.url.hasPrefix(url) {
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
            "write `\(pinned.version)` to bootstrap/argocd/versions.yaml, or pin the other version: zerotouch artifacts update cilium@\(version)"
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
          "takes its values from \(files.isEmpty ? "nowhere" : Self.list(files)) (`helm.valueFiles`), and Talos applies those of \(Self.list(applied[0]))",
          remedy:
            "write `valueFiles: [\(applied[0].map { "$values/\($0)" }.joined(separator: ", "))]`, with the repository as a source of its own, `ref: values`"
        ))
    }
    for key in ["values", "valuesObject", "parameters", "fileParameters"] {
      guard let entry = helm?.entry(key) else { continue }
      problems.append(
        Diagnostic(
          at: entry.keyLocation, "has values of its own in `helm.\(key)`, which Talos does not apply",
          remedy: "move them to \(values)"))
    }
    return problems
  }

  private static func list(_ files: [String]) -> String { files.map { "`\($0)`" }.joined(separator: ", ") }

  private func difference(_ key: String, _ node: LocatedYAML, _ wanted: String) -> Diagnostic? {
    guard let value = node.scalar?.stringValue ?? Optional(""), value != wanted else { return nil }
    return Diagnostic(
      at: node.location, "has `\(key)` `\(value)`, and Talos applies with `\(wanted)`",
      remedy: "write `\(wanted)`")
  }
}
