import ZeroTouchModel
import ZeroTouchTools

/// The objects of a cluster, as they were read at one time.
struct ClusterState: Sendable {
  private var objects: [String: [JSONValue]] = [:]
  /// The settings of a few ConfigMaps, by `namespace/name`.
  private var settings: [String: [String: String]] = [:]
  private(set) var claims: [JSONValue] = []

  private static let definitions = "compositeresourcedefinitions.apiextensions.crossplane.io"
  static let kustomizations = "kustomizations.kustomize.toolkit.fluxcd.io"
  static let helmReleases = "helmreleases.helm.toolkit.fluxcd.io"

  /// The kinds that are read of every cluster; one that is not served is none.
  static let resources = [
    "nodes", "pods", "events", "services", "persistentvolumeclaims", "deployments.apps", "daemonsets.apps",
    "statefulsets.apps", "jobs.batch", "leases.coordination.k8s.io", ObservedApplication.resource,
    ObservedGatewayClass.resource, ObservedSecretStore.resource, "secretstores.external-secrets.io",
    ObservedExternalSecret.resource, definitions, kustomizations, helmReleases,
  ]

  /// The ConfigMaps whose settings explain failures.
  static let configMaps = [
    ("kube-system", "cilium-config"), ("argocd", "argocd-cm"), ("kube-system", "talos-bootstrap-manifests-inventory"),
  ]

  mutating func put(_ items: [JSONValue]?, of resource: String) { objects[resource] = items }
  mutating func putClaims(_ items: [JSONValue]?) { claims += items ?? [] }
  mutating func put(settings data: [String: String]?, of name: String) { settings[name] = data }

  /// Nil where the API serves no such kind, or did not answer.
  func items(_ resource: String) -> [JSONValue]? { objects[resource] }

  func all<Object: ClusterObject>(_ kind: Object.Type) -> [Object] {
    (objects[kind.resource] ?? []).compactMap { kind.init($0) }
  }

  /// The settings of a ConfigMap; nil where it is not there, or was not read.
  func settings(_ name: String) -> [String: String]? { settings[name] }

  /// The kinds in which people order what Crossplane composes.
  var claimedResources: [String] {
    (objects[Self.definitions] ?? []).compactMap { definition in
      let spec = definition["spec"]
      let names = spec?["claimNames"] ?? spec?["names"]
      guard let plural = names?["plural"]?.stringValue, let group = spec?["group"]?.stringValue else { return nil }
      return "\(plural).\(group)"
    }
  }

  /// Everything that is not as it should be, and what explains it.
  var symptoms: [Symptom] {
    let troubled = nodeSymptoms + podSymptoms + workloadSymptoms + volumeSymptoms + claimSymptoms + storeSymptoms
    let others = applicationSymptoms + gatewaySymptoms + addressSymptoms + configurationSymptoms + fluxSymptoms
    return troubled + others + eventSymptoms(about: troubled)
  }
}

extension ObjectMetadata {
  /// How an object of a kind is called in symptoms: `Pod kube-system/coredns-1`.
  func called(_ kind: String) -> String { "\(kind) \(namespace.map { "\($0)/" } ?? "")\(name)" }
}
