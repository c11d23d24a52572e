package import ZeroTouchModel

/// Something the world needs from outside itself, since it does no I/O: a source of an Application rendered.
package struct Errand: Sendable, Hashable, Identifiable {
  package let id: Int
  package let work: Work

  package enum Work: Sendable, Hashable {
    /// The manifests of a folder of the served repository as Argo CD would render it.
    case render(RepositorySource)
  }
}

/// A path of a Git repository that an Application names.
package struct RepositorySource: Sendable, Hashable {
  package let repoURL: String
  package let revision: String
  package let path: String
  /// `spec.source.directory` as it stands in the Application; recurse, include, exclude.
  package let directory: JSONValue?

  package init(repoURL: String, revision: String, path: String, directory: JSONValue? = nil) {
    self.repoURL = repoURL
    self.revision = revision
    self.path = path
    self.directory = directory
  }
}

/// What came of an errand: the manifests and the commit they came from, or why there are none.
package enum ErrandResult: Sendable, Hashable {
  case rendered([JSONValue], commit: String)
  case failed(String)
}
