package import ZeroTouchModel

/// A folder of manifests that a platform without a store renders without its ExternalSecrets.
package struct LeftOutFolder: Sendable, Hashable {
  /// From the repository's top.
  package let path: String
  /// Where what names no namespace goes.
  package let namespace: String

  /// The Secrets that its ExternalSecrets make elsewhere, each with its keys.
  package func secrets(in rendered: String) throws(InvalidInput) -> [SecretName: [String]] {
    var secrets: [SecretName: [String]] = [:]
    for manifest in try YAMLDocuments.parse(rendered, file: path) where manifest["kind"] == "ExternalSecret" {
      let (metadata, target) = (manifest["metadata"], manifest[path: "spec", "target"])
      guard let name = target?["name"]?.stringValue ?? metadata?["name"]?.stringValue else { continue }
      let keys =
        target?[path: "template", "data"]?.objectValue.map { Array($0.keys) }
        ?? (manifest[path: "spec", "data"]?.arrayValue ?? []).compactMap { $0["secretKey"]?.stringValue }
      secrets[SecretName(metadata?["namespace"]?.stringValue ?? namespace, name)] = keys.sorted()
    }
    return secrets
  }
}

extension ExpectedApplications {
  /// The folders that these Applications read and others, of the same platform without a store, do not.
  package func folders(leftOutOf storeless: ExpectedApplications) -> [LeftOutFolder] {
    let kept = Set(storeless.applications.flatMap(\.sources).compactMap(\.path))
    return applications.flatMap { application in
      application.sources.compactMap(\.path).filter { !kept.contains($0) }.map {
        LeftOutFolder(path: $0, namespace: application.destinationNamespace ?? application.namespace)
      }
    }
  }
}
