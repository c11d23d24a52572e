/// Why a source cannot be rendered, in the words Argo CD's repository server uses.
package enum RenderingFailure: Error, Sendable, Hashable, CustomStringConvertible {
  case unknownRepository(String)
  case unresolvable(revision: String)
  /// The revision exists, but the rehearsal serves only the commit that is checked out.
  case notServed(revision: String, commit: String)
  case missingPath(String)
  case pathOutside(String)
  case notAnObject(file: String, reason: String)
  case unknownChart(repoURL: String, chart: String, revision: String)
  case missingReference(valueFile: String, name: String)
  case missingValueFile(String)
  case toolFailed(command: String, reason: String)
  case unsupported(String)

  package var description: String {
    switch self {
    case .unknownRepository(let url):
      "failed to list refs: authentication required: Repository not found: \(url)"
    case .unresolvable(let revision): "unable to resolve '\(revision)' to a commit SHA"
    case .notServed(let revision, let commit):
      "unable to resolve '\(revision)' to a commit SHA: the rehearsal serves only \(commit), which is checked out"
    case .missingPath(let path): "\(path): app path does not exist"
    case .pathOutside(let path): "\(path): app path outside root"
    case .notAnObject(let file, let reason): "Failed to unmarshal \"\(file)\": \(reason)"
    case .unknownChart(let repoURL, let chart, let revision):
      "`helm pull --version \(revision) --repo \(repoURL) \(chart)` failed exit status 1: Error: chart \"\(chart)\" "
        + "not found in \(repoURL) repository"
    case .missingReference(let valueFile, let name):
      "source referenced \"\(name)\" by \(valueFile), but no source has a 'ref' field defined with that name"
    case .missingValueFile(let path): "Error: open \(path): no such file or directory"
    case .toolFailed(let command, let reason): "`\(command)` failed exit status 1: \(reason)"
    case .unsupported(let what): "the rehearsal does not render \(what)"
    }
  }
}
