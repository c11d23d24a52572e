import ZeroTouchModel

/// What the server knows about one kind of object: names, scope, versions, what may be done with it.
package struct ResourceType: Sendable {
  /// A column of `kubectl get` that a CustomResourceDefinition declares.
  struct Column: Sendable, Hashable {
    let name: String
    let type: String
    let jsonPath: String
    let priority: Int
    let description: String
  }

  /// One served version of a custom resource.
  struct Version: Sendable {
    let name: String
    var schema: JSONValue?
    var columns: [Column] = []
  }

  package let id: GroupResource
  package let kind: String
  package let singular: String
  package let isNamespaced: Bool
  /// Defined by a CustomResourceDefinition.
  package let isCustom: Bool
  /// Served versions, the preferred one first.
  let versions: [Version]
  /// The version objects are stored in.
  package let storageVersion: String
  let shortNames: [String]
  let categories: [String]
  let verbs: [String]
  let subresources: [String]
  /// Where `spec.replicas`, `status.replicas` and the selector stand in kinds that scale.
  let scalePaths: ScalePaths?

  /// The `apiVersion` objects are stored with.
  package var apiVersion: String { GroupVersion(id.group, storageVersion).description }
  /// The `apiVersion` that discovery names first.
  package var preferredAPIVersion: String { GroupVersion(id.group, versions.first?.name ?? storageVersion).description }
  var listKind: String { kind + "List" }
  var hasStatus: Bool { subresources.contains("status") }

  /// The served version of a name.
  func version(_ name: String) -> Version? { versions.first { $0.name == name } }

  /// The same object as another served version shows it.
  func served(_ object: JSONValue, as version: String) -> JSONValue {
    let apiVersion = GroupVersion(id.group, version).description
    guard object["apiVersion"]?.stringValue != apiVersion || object["kind"]?.stringValue != kind else { return object }
    var shown = id == AutoscalerVersions.resource && version == "v1" ? AutoscalerVersions.version1(object) : object
    shown["apiVersion"] = .string(apiVersion)
    shown["kind"] = .string(kind)
    return shown
  }

  /// The key of an object of this kind.
  package func key(_ namespace: String, _ name: String) -> ObjectKey {
    ObjectKey(id, isNamespaced ? namespace : "", name)
  }
}

/// Where a kind that scales keeps its figures, as dotted paths.
struct ScalePaths: Sendable, Hashable {
  var spec = "spec.replicas"
  var status = "status.replicas"
  var selector: String? = "spec.selector"
}
