package import ZeroTouchManifests
import ZeroTouchModel

/// A Kubernetes object, as it lies in a file or as something was rendered to it.
package struct Manifest: Sendable {
  /// Where an object's text comes from.
  package enum Origin: Sendable, Hashable {
    /// A file of the tree: every position in the body is true.
    case file
    /// What the kustomization of a folder builds: positions are traced back, see ``Survey/place(of:at:)``.
    case build(folder: String)
    /// A chart that the catalogue describes: everything stands where the Application names it.
    case chart(String)
  }

  package let body: LocatedYAML
  package let apiVersion: String
  package let kind: String
  package let name: String
  package let namespace: String?
  package let origin: Origin

  /// Reads a document; what has no apiVersion and kind is no object.
  package init?(_ body: LocatedYAML, origin: Origin = .file) {
    guard let kind = body["kind"]?.text, let apiVersion = body["apiVersion"]?.text else { return nil }
    self.body = body
    self.kind = kind
    self.apiVersion = apiVersion
    self.origin = origin
    let metadata = body["metadata"]
    name = metadata?["name"]?.text ?? metadata?["generateName"]?.text ?? ""
    namespace = metadata?["namespace"]?.text
  }

  /// Another object with another name or place.
  init(_ other: Manifest, name: String, namespace: String?) {
    (body, apiVersion, kind, origin) = (other.body, other.apiVersion, other.kind, other.origin)
    self.name = name
    self.namespace = namespace
  }

  /// The file of a kustomization, which need not say what it is.
  init(_ kustomization: Kustomization) {
    body = kustomization.body
    kind = "Kustomization"
    apiVersion = body["apiVersion"]?.text ?? "kustomize.config.k8s.io/v1beta1"
    name = ""
    namespace = nil
    origin = .file
  }

  /// Empty for the core group.
  package var group: String { apiVersion.firstIndex(of: "/").map { String(apiVersion[..<$0]) } ?? "" }
  package var version: String { apiVersion.split(separator: "/").last.map(String.init) ?? apiVersion }
  package var groupKind: GroupKind { GroupKind(group: group, kind: kind) }
  /// The file it lies in; of a built object the name of what was built.
  package var file: String { body.location.file }

  /// The node behind a path such as `spec template spec`.
  package subscript(keys: String...) -> LocatedYAML? { body.node(at: keys) }

  /// Such as `Secret/shop/key`, for messages.
  package var title: String {
    namespace.map { "\(kind)/\($0)/\(name)" } ?? "\(kind)/\(name)"
  }

  /// An annotation's text.
  package func annotation(_ key: String) -> String? { body["metadata"]?["annotations"]?[key]?.text }
}

extension Manifest {
  /// The objects of documents; lists are taken apart.
  package static func all(in documents: [LocatedYAML], origin: Origin = .file) -> [Manifest] {
    documents.flatMap { document -> [Manifest] in
      guard let manifest = Manifest(document, origin: origin) else { return [] }
      guard manifest.kind.hasSuffix("List"), let items = document["items"]?.items else { return [manifest] }
      return all(in: items, origin: origin)
    }
  }
}
