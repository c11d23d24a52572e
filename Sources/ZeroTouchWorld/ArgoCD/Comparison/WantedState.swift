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
    if !manifests.allSatisfy(scopes.knows) { undecided = manifests }
  }

  /// The same state once the server knows a kind that it did not know; nil while nothing changed.
  func decided(of application: Application, in world: World) -> WantedState? {
    guard !undecided.isEmpty else { return nil }
    let state = WantedState(undecided, revisions: revisions, of: application, in: world)
    return state.resources.map(\.identity) == resources.map(\.identity) ? nil : state
  }
}

/// Which kinds live in namespaces, as far as the server or the manifests' own definitions say.
struct KindScopes: Sendable {
  private var clusterScoped: Set<String> = []
  private let registry: ResourceRegistry

  init(_ manifests: [JSONValue], _ world: World) {
    registry = world.registry
    for manifest in manifests where manifest["kind"] == "CustomResourceDefinition" {
      guard manifest[path: "spec", "scope"] == "Cluster" else { continue }
      let group = manifest[path: "spec", "group"]?.stringValue ?? ""
      clusterScoped.insert("\(group)/\(manifest[path: "spec", "names", "kind"]?.stringValue ?? "")")
    }
  }

  /// Whether the server has a kind, written `group/Kind`.
  func serves(_ kind: String) -> Bool {
    let parts = kind.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    return registry.type(group: parts[0], kind: parts.count > 1 ? parts[1] : "") != nil
  }

  /// Whether it is known if a manifest's kind lives in namespaces.
  func knows(_ manifest: JSONValue) -> Bool {
    let group = GroupVersion(apiVersion: manifest["apiVersion"]?.stringValue ?? "").group
    let kind = "\(group)/\(manifest["kind"]?.stringValue ?? "")"
    return clusterScoped.contains(kind) || serves(kind)
  }

  func resource(_ manifest: JSONValue, _ application: Application) -> WantedState.Resource {
    let groupVersion = GroupVersion(apiVersion: manifest["apiVersion"]?.stringValue ?? "")
    let kind = manifest["kind"]?.stringValue ?? ""
    let isClusterScoped =
      registry.type(group: groupVersion.group, kind: kind).map { !$0.isNamespaced }
      ?? clusterScoped.contains("\(groupVersion.group)/\(kind)")
    let declared = manifest[path: "metadata", "namespace"]?.stringValue ?? application.destinationNamespace
    let identity = ResourceIdentity(
      group: groupVersion.group, version: groupVersion.version, kind: kind,
      namespace: isClusterScoped ? "" : declared, name: manifest[path: "metadata", "name"]?.stringValue ?? "")
    var tracked = manifest
    tracked[path: "metadata", "namespace"] = isClusterScoped ? nil : .string(declared)
    tracked[path: "metadata", "annotations", ArgoCDNames.trackingID] = .string(
      identity.trackingID(of: application.name))
    return WantedState.Resource(identity: identity, manifest: tracked)
  }
}
