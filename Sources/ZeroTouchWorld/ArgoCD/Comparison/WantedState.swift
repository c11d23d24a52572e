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

  init() {}

  /// Sorts rendered manifests into resources and hooks and gives each its namespace and its tracking annotation.
  init(_ manifests: [JSONValue], revisions: [String], of application: Application, in world: World) {
    self.revisions = revisions
    let scopes = KindScopes(manifests, world)
    var byIdentity: [ResourceIdentity: Resource] = [:]
    for manifest in manifests {
      let resource = scopes.resource(manifest, application)
      if Self.isExcluded(resource.identity) {
        excluded.append(resource.identity)
      } else if SyncHook.isHook(manifest) {
        if !SyncHook.isSkipped(manifest) { hooks.append(resource) }
      } else if byIdentity.updateValue(resource, forKey: resource.identity) != nil {
        repeated.append(resource.identity)
      }
    }
    resources = byIdentity.values.sorted { $0.identity < $1.identity }
  }

  /// The kinds Argo CD 3 leaves alone by default.
  private static func isExcluded(_ identity: ResourceIdentity) -> Bool {
    excludedKinds.contains("\(identity.group)/\(identity.kind)")
      || ["authentication.k8s.io", "authorization.k8s.io"].contains(identity.group)
  }

  private static let excludedKinds: Set<String> = [
    "/Endpoints", "discovery.k8s.io/EndpointSlice", "coordination.k8s.io/Lease",
    "certificates.k8s.io/CertificateSigningRequest", "cert-manager.io/CertificateRequest", "cilium.io/CiliumIdentity",
    "cilium.io/CiliumEndpoint", "cilium.io/CiliumEndpointSlice",
  ]
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
