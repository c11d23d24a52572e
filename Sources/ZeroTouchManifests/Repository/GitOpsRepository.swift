package import ZeroTouchModel

/// Which repository Argo CD follows: the contents of `bootstrap/argocd/repository.yaml`.
package struct GitOpsRepository: Sendable, Hashable {
  package let repoURL: String
  package let revision: String

  package init(repoURL: String, revision: String) {
    self.repoURL = repoURL
    self.revision = revision
  }

  /// Reads the file: a ConfigMap with `repoURL` and `revision` as its data.
  package static func parse(_ text: String, file: String) throws(InvalidInput) -> GitOpsRepository {
    let documents = try LocatedYAML.documents(of: text, file: file)
    guard let document = documents.first, documents.count == 1,
      document["kind"]?.scalar?.stringValue == "ConfigMap", let data = document["data"]
    else {
      throw InvalidInput([
        Diagnostic(
          at: SourceLocation(file: file, line: 1, column: 1), "expected one ConfigMap with `data`",
          remedy: "write it anew with `zerotouch init`")
      ])
    }
    var problems: [Diagnostic] = []
    let repoURL = string("repoURL", in: data, &problems)
    let revision = string("revision", in: data, &problems)
    if repoURL.contains("@"), !GitURL.isRemote(repoURL) {
      problems.append(
        Diagnostic(
          at: data["repoURL"]?.location, "`data.repoURL` seems to hold a password; it is not repeated here",
          remedy: "write the URL without it, and change the password: this file is in Git"))
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    return GitOpsRepository(repoURL: repoURL, revision: revision)
  }

  private static func string(_ key: String, in data: LocatedYAML, _ problems: inout [Diagnostic]) -> String {
    if let value = data[key]?.scalar?.stringValue, !value.isEmpty { return value }
    problems.append(
      Diagnostic(
        at: data[key]?.location ?? data.location, "`data.\(key)` is missing or no string",
        remedy:
          "set it to what Argo CD is to follow, such as `\(key == "revision" ? "main" : "https://github.com/you/platform.git")`"
      ))
    return ""
  }

  /// The file's text, as `zerotouch init` writes it.
  package var text: String {
    """
    # The one place that says which repository and which revision Argo CD follows; `zerotouch init` writes it.
    # Kustomize carries both into every Application that lives in this repository.
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: repository
      annotations:
        config.kubernetes.io/local-config: "true"
    data:
      repoURL: \(JSONValue.string(repoURL).text())
      revision: \(JSONValue.string(revision).text())

    """
  }
}
