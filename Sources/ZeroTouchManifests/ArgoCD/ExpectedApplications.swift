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
  /// - Parameters:
  ///   - source: What was rendered, for the places of problems.
  ///   - folders: The repository's folders, of which ApplicationSets make Applications.
  package static func parse(
    _ rendered: String, source: String, folders: [String] = []
  ) throws(InvalidInput) -> ExpectedApplications {
    let applications = try ApplicationReader.read(rendered, source: source) + made(rendered, source, folders)
    guard !applications.isEmpty else {
      throw InvalidInput([
        Diagnostic(
          at: SourceLocation(file: source, line: 1, column: 1), "no Argo CD Application in what this renders to",
          remedy: "list the Applications in its kustomization.yaml")
      ])
    }
    return ExpectedApplications(applications)
  }

  /// The Applications that the ApplicationSets among the manifests make.
  private static func made(
    _ rendered: String, _ source: String, _ folders: [String]
  ) throws(InvalidInput) -> [Application] {
    var applications: [Application] = []
    for manifest in try YAMLDocuments.parse(rendered, file: source) {
      do throws(ApplicationSet.Unusable) {
        applications += try ApplicationSet(manifest)?.applications(folders: folders) ?? []
      } catch {
        let name = manifest[path: "metadata", "name"]?.stringValue ?? ""
        throw InvalidInput([
          Diagnostic(
            at: SourceLocation(file: source, line: 1, column: 1), "the ApplicationSet `\(name)`: \(error.description)",
            remedy: "use the `git` generator with `directories`, and `.path.path` or `.path.basename` in the template")
        ])
      }
    }
    return applications
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
