package import ZeroTouchModel

/// Something the world needs from outside itself, since it does no I/O: a source of an Application rendered.
package struct Errand: Sendable, Hashable, Identifiable {
  package let id: Int
  package let work: Work

  package enum Work: Sendable, Hashable {
    /// The manifests of one source as Argo CD's repository server would render them.
    case render(RepositorySource)
    /// The commit a revision of a repository stands at.
    case resolve(repoURL: String, revision: String)
    /// The folders of a repository at a revision.
    case list(repoURL: String, revision: String)
  }
}

/// One source of an Application: a path of a Git repository, or a chart of a Helm repository.
package struct RepositorySource: Sendable, Hashable {
  package let repoURL: String
  package let revision: String
  package let path: String
  /// `spec.source.directory` as it stands in the Application; recurse, include, exclude.
  package let directory: JSONValue?
  /// The chart's name, where the source is a Helm repository.
  package var chart: String?
  /// `spec.source.helm` as it stands in the Application.
  package var helm: JSONValue?
  /// `spec.source.kustomize` as it stands in the Application.
  package var kustomize: JSONValue?
  /// The other sources of the Application by their `ref`, for value files that begin with `$name/`.
  package var references: [String: Reference] = [:]
  /// The Application's name: the default name of a release.
  package var application = ""
  /// The namespace the Application deploys to.
  package var namespace = ""

  /// A source that only lends its files.
  package struct Reference: Sendable, Hashable {
    package let repoURL: String
    package let revision: String

    package init(repoURL: String, revision: String) {
      self.repoURL = repoURL
      self.revision = revision
    }
  }

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
  case resolved(commit: String)
  case listed([String])
  case failed(String)
}
