package import ZeroTouchManifests
import ZeroTouchModel

/// One source of an Application, as it stands there.
package struct ApplicationSource: Sendable {
  package let node: LocatedYAML
  /// Its path in the Application, such as `spec sources 1`.
  package let path: [String]

  package var repoURL: String { node["repoURL"]?.text ?? "" }
  /// `targetRevision`; empty where none is named.
  package var revision: String { node["targetRevision"].map { $0.text ?? $0.json.text() } ?? "" }
  package var chart: String? { node["chart"]?.text }
  /// The folder in a Git repository.
  package var folder: String? { node["path"]?.text }
  package var helm: LocatedYAML? { node["helm"] }
  /// Whether it only lends its files to another source, as values.
  package var onlyLends: Bool { node["ref"] != nil && chart == nil && folder == nil }

  /// The sources of an Application.
  static func all(of manifest: Manifest) -> [ApplicationSource] {
    let spec = manifest["spec"]
    if let several = spec?["sources"]?.items, !several.isEmpty {
      return several.enumerated().map { ApplicationSource(node: $1, path: ["spec", "sources", String($0)]) }
    }
    return spec?["source"].map { [ApplicationSource(node: $0, path: ["spec", "source"])] } ?? []
  }
}
