/// A chart as Applications name it.
package struct ChartReference: Sendable, Hashable {
  package let repoURL: String
  package let chart: String
  package let version: String

  /// An address with or without `.git`, `oci://` or a slash at its end is the same repository.
  package init(repoURL: String, chart: String, version: String) {
    self.repoURL = Self.normalized(repoURL)
    self.chart = chart
    self.version =
      version.first == "v" && version.dropFirst().first?.isNumber == true ? String(version.dropFirst()) : version
  }

  /// One spelling of a repository's address.
  package static func normalized(_ url: String) -> String {
    var text = url.lowercased()
    for prefix in ["oci://"] where text.hasPrefix(prefix) { text.removeFirst(prefix.count) }
    while text.hasSuffix("/") { text.removeLast() }
    if text.hasSuffix(".git") { text.removeLast(4) }
    return text
  }
}
