package import ZeroTouchModel

/// The Applications that Git expects, in the order of their waves.
package struct ExpectedApplications: Sendable, Hashable {
  /// Sorted by wave, then by name; the root Application is not among them.
  package let applications: [Application]

  package init(_ applications: [Application]) {
    self.applications = applications.sorted { ($0.wave, $0.name) < ($1.wave, $1.name) }
  }

  /// Reads the rendered Applications of an environment: the output of `kubectl kustomize`.
  ///
  /// - Parameter source: What was rendered, for the places of problems.
  package static func parse(_ rendered: String, source: String) throws(InvalidInput) -> ExpectedApplications {
    let applications = try ApplicationReader.read(rendered, source: source)
    guard !applications.isEmpty else {
      throw InvalidInput([
        Diagnostic(
          at: SourceLocation(file: source, line: 1, column: 1), "no Argo CD Application in what this renders to",
          remedy: "list the Applications in its kustomization.yaml")
      ])
    }
    return ExpectedApplications(applications)
  }

  /// The folders of our own repository that these Applications sync, where further Applications may lie.
  package func folders(of repoURL: String) -> [String] {
    let sources = applications.flatMap(\.sources).filter { $0.repoURL == repoURL && $0.chart == nil }
    return Set(sources.compactMap(\.path)).sorted()
  }

  /// The same set with the Applications of a further folder; a folder without any adds none.
  package func adding(_ rendered: String, source: String) throws(InvalidInput) -> ExpectedApplications {
    let further = try ApplicationReader.read(rendered, source: source)
    let known = Set(applications.map(\.name))
    return ExpectedApplications(applications + further.filter { !known.contains($0.name) })
  }

  /// The waves in order, each with the names of its Applications.
  package var waves: [(wave: Int, names: [String])] {
    Dictionary(grouping: applications, by: \.wave)
      .map { (wave: $0.key, names: $0.value.map(\.name)) }
      .sorted { $0.wave < $1.wave }
  }
}
