import ZeroTouchModel

/// What an Application's sources ask for at one commit.
struct WantedState: Sendable {
  struct Resource: Sendable {
    let identity: ResourceIdentity
    let manifest: JSONValue
  }

  /// By identity, in its order.
  var resources: [Resource] = []
  var hooks: [Resource] = []
  /// One commit or chart version a source.
  var revisions: [String] = []
  /// Resources that two manifests claim to describe.
  var repeated: [ResourceIdentity] = []
  var excluded: [ResourceIdentity] = []
  /// The manifests as they were rendered, where the server did not know every kind: it decides who has a namespace.
  private var undecided: [JSONValue] = []
  /// Those kinds, as `group/Kind`.
  private var unknownKinds: Set<String> = []

  init() {}

  /// Sorts rendered manifests into resources and hooks and gives each its namespace and its tracking annotation.
  init(_ manifests: [JSONValue], revisions: [String], of application: Application, in world: World) {
    self.revisions = revisions
    let scopes = KindScopes(manifests, world)
    var byIdentity: [ResourceIdentity: Resource] = [:]
    for manifest in manifests {
      let resource = scopes.resource(manifest, application)
      if world.argoCD.filter.excludes(group: resource.identity.group, kind: resource.identity.kind) {
        excluded.append(resource.identity)
      } else if SyncHook.isHook(manifest) {
        if !SyncHook.isSkipped(manifest) { hooks.append(resource) }
      } else if byIdentity.updateValue(resource, forKey: resource.identity) != nil {
        repeated.append(resource.identity)
      }
    }
    resources = byIdentity.values.sorted { $0.identity < $1.identity }
    unknownKinds = Set(manifests.map(KindScopes.kind).filter { !scopes.knows($0) })
    if !unknownKinds.isEmpty { undecided = manifests }
  }

  /// Whether it is known of every resource if it lives in a namespace.
  var isDecided: Bool { unknownKinds.isEmpty }

  /// The same state once the server knows a kind that it did not know; nil while nothing changed.
  func decided(of application: Application, in world: World) -> WantedState? {
    guard unknownKinds.contains(where: { KindScopes.serves($0, world.registry) }) else { return nil }
    return WantedState(undecided, revisions: revisions, of: application, in: world)
  }
}

/// Which kinds live in namespaces, as far as the server or the manifests' own definitions say.
struct KindScopes: Sendable {
  /// Whether objects of a kind live in namespaces, by `group/Kind`.
  private var declared: [String: Bool] = [:]
  private let registry: ResourceRegistry

  init(_ manifests: [JSONValue], _ world: World) {
    registry = world.registry
    for manifest in manifests where manifest["kind"] == "CustomResourceDefinition" {
      let group = manifest[path: "spec", "group"]?.stringValue ?? ""
      let kind = manifest[path: "spec", "names", "kind"]?.stringValue ?? ""
      declared["\(group)/\(kind)"] = manifest[path: "spec", "scope"] != "Cluster"
    }
  }

  /// The kind of a manifest as `group/Kind`.
  static func kind(of manifest: JSONValue) -> String {
    let group = GroupVersion(apiVersion: manifest["apiVersion"]?.stringValue ?? "").group
    return "\(group)/\(manifest["kind"]?.stringValue ?? "")"
  }

  /// Whether the server has a kind, written `group/Kind`.
  static func serves(_ kind: String, _ registry: ResourceRegistry) -> Bool {
    let parts = kind.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    return registry.type(group: parts[0], kind: parts.count > 1 ? parts[1] : "") != nil
  }

  /// Whether it is known if a kind lives in namespaces.
  func knows(_ kind: String) -> Bool { declared[kind] != nil || Self.serves(kind, registry) }

  func resource(_ manifest: JSONValue, _ application: Application) -> WantedState.Resource {
    let groupVersion = GroupVersion(apiVersion: manifest["apiVersion"]?.stringValue ?? "")
    let kind = manifest["kind"]?.stringValue ?? ""
    let isNamespaced =
      registry.type(group: groupVersion.group, kind: kind)?.isNamespaced ?? declared[Self.kind(of: manifest)] ?? true
    let namespace = manifest[path: "metadata", "namespace"]?.stringValue ?? application.destinationNamespace
    let identity = ResourceIdentity(
      group: groupVersion.group, version: groupVersion.version, kind: kind,
      namespace: isNamespaced ? namespace : "", name: manifest[path: "metadata", "name"]?.stringValue ?? "")
    var tracked = manifest
    tracked[path: "metadata", "namespace"] = isNamespaced ? .string(namespace) : nil
    tracked[path: "metadata", "annotations", ArgoCDNames.trackingID] = .string(
      identity.trackingID(of: application.name))
    return WantedState.Resource(identity: identity, manifest: tracked)
  }
}
