import ZeroTouchModel

extension Application {
  /// What the repository server is asked for, one a source.
  var errands: [Errand.Work] {
    sources.map { source in
      guard Self.onlyLends(source) else { return .render(rendering(source)) }
      let reference = reference(of: source)
      return .resolve(repoURL: reference.repoURL, revision: reference.revision)
    }
  }

  /// The repositories that lend files by `ref`.
  var references: [String: RepositorySource.Reference] {
    var references: [String: RepositorySource.Reference] = [:]
    for source in sources {
      guard let name = source["ref"]?.stringValue else { continue }
      references[name] = reference(of: source)
    }
    return references
  }

  /// The Git repositories of the Application, whose revisions may move.
  var followedRepositories: [RepositorySource.Reference] {
    sources.filter { $0["chart"] == nil }.map(reference)
  }

  /// The repository and revision a source names.
  func reference(of source: JSONValue) -> RepositorySource.Reference {
    .init(repoURL: source["repoURL"]?.stringValue ?? "", revision: Self.revision(source))
  }

  private func rendering(_ source: JSONValue) -> RepositorySource {
    var rendering = RepositorySource(
      repoURL: source["repoURL"]?.stringValue ?? "", revision: Self.revision(source),
      path: source["path"]?.stringValue ?? "", directory: source["directory"])
    rendering.chart = source["chart"]?.stringValue
    rendering.helm = source["helm"]
    rendering.kustomize = source["kustomize"]
    rendering.references = references
    rendering.application = name
    rendering.namespace = destinationNamespace
    return rendering
  }

  private static func onlyLends(_ source: JSONValue) -> Bool {
    source["ref"] != nil && source["path"] == nil && source["chart"] == nil
  }

  private static func revision(_ source: JSONValue) -> String {
    let revision = source["targetRevision"]?.stringValue ?? ""
    return revision.isEmpty ? "HEAD" : revision
  }
}
