extension RepositoryLayout {
  /// Whether a path is relative and stays below the repository's top.
  package static func isInside(_ path: String) -> Bool {
    guard let first = path.first, first != "/", first != "~", !path.contains("\\") else { return false }
    var depth = 0
    for part in path.split(separator: "/") where part != "." {
      depth += part == ".." ? -1 : 1
      if depth < 0 { return false }
    }
    return depth > 0
  }
}
