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

  /// The same Applications, each with what Git and the lock tell of what it brings.
  ///
  /// - Parameter manifests: The texts of the manifests in a folder of the repository `repoURL`.
  package func arriving(
    from repoURL: String?, lock: ArtifactLock, manifests: (String) -> [String]
  ) -> ExpectedApplications {
    ExpectedApplications(
      applications.map { application in
        var copy = application
        copy.arrivals = Arrival.all(of: application, repoURL: repoURL, lock: lock, manifests: manifests)
        return copy
      })
  }

  /// The waves in order, each with its Applications.
  package var waves: [(wave: Int, applications: [Application])] {
    Dictionary(grouping: applications, by: \.wave)
      .map { (wave: $0.key, applications: $0.value) }
      .sorted { $0.wave < $1.wave }
  }
}
