/// The kinds Crossplane 2.3.4 brings by itself when its first container starts.
extension CustomKind {
  static let crossplane: [CustomKind] = extensions + operations + packages + protection

  private static func cluster(
    _ group: String, _ kind: String, _ plural: String, _ versions: [String], _ shortNames: [String] = [],
    also: String? = nil, hasStatus: Bool = true, defaults: [String: [String: String]] = [:]
  ) -> CustomKind {
    CustomKind(
      group: "\(group).crossplane.io", kind: kind, plural: plural, versions: versions, shortNames: shortNames,
      categories: ["crossplane"] + (also.map { [$0] } ?? []), hasStatus: hasStatus, defaults: defaults)
  }

  private static let extensions = [
    cluster(
      "apiextensions", "CompositeResourceDefinition", "compositeresourcedefinitions", ["v1", "v2"], ["xrd", "xrds"],
      defaults: ["v1": ["scope": "LegacyCluster"], "v2": ["scope": "Namespaced"]]),
    cluster("apiextensions", "CompositionRevision", "compositionrevisions", ["v1"], ["comprev"]),
    cluster("apiextensions", "Composition", "compositions", ["v1"], ["comp"], hasStatus: false),
    cluster("apiextensions", "EnvironmentConfig", "environmentconfigs", ["v1beta1"], ["envcfg"], hasStatus: false),
    cluster(
      "apiextensions", "ManagedResourceActivationPolicy", "managedresourceactivationpolicies", ["v1alpha1"], ["mrap"]),
    cluster(
      "apiextensions", "ManagedResourceDefinition", "managedresourcedefinitions", ["v1alpha1"], ["mrd", "mrds"]),
    cluster("apiextensions", "Usage", "usages", ["v1alpha1", "v1beta1"]),
  ]

  private static let operations = [
    cluster("ops", "CronOperation", "cronoperations", ["v1alpha1"], ["cronops"]),
    cluster("ops", "Operation", "operations", ["v1alpha1"], ["ops"]),
    cluster("ops", "WatchOperation", "watchoperations", ["v1alpha1"], ["watchops"]),
  ]

  private static let packages = [
    cluster("pkg", "ConfigurationRevision", "configurationrevisions", ["v1"], also: "pkgrev"),
    cluster("pkg", "Configuration", "configurations", ["v1"], also: "pkg"),
    cluster("pkg", "DeploymentRuntimeConfig", "deploymentruntimeconfigs", ["v1beta1"], hasStatus: false),
    cluster("pkg", "FunctionRevision", "functionrevisions", ["v1", "v1beta1"], also: "pkgrev"),
    cluster("pkg", "Function", "functions", ["v1", "v1beta1"], also: "pkg"),
    cluster("pkg", "ImageConfig", "imageconfigs", ["v1beta1"], hasStatus: false),
    cluster("pkg", "Lock", "locks", ["v1beta1"]),
    cluster("pkg", "ProviderRevision", "providerrevisions", ["v1"], also: "pkgrev"),
    cluster("pkg", "Provider", "providers", ["v1"], also: "pkg"),
  ]

  private static let protection = [
    cluster("protection", "ClusterUsage", "clusterusages", ["v1beta1"]),
    CustomKind(
      group: "protection.crossplane.io", kind: "Usage", plural: "usages", isNamespaced: true, versions: ["v1beta1"],
      categories: ["crossplane"]),
  ]
}
