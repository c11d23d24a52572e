import ZeroTouchManifests
import ZeroTouchModel

/// Fields of the main document beside the documents that took their place: Talos refuses to hear the same twice.
///
/// Links, shared addresses, inline manifests, sysctls and registries are merged instead, and may stand in both.
enum ReplacedField {
  private static let pairs: [(path: String, kind: String)] = [
    ("machine.network.hostname", "HostnameConfig"), ("machine.network.nameservers", "ResolverConfig"),
    ("machine.network.searchDomains", "ResolverConfig"), ("machine.network.disableSearchDomain", "ResolverConfig"),
    ("machine.network.kubespan", "KubeSpanConfig"), ("machine.time.servers", "TimeSyncConfig"),
    ("machine.time.disabled", "TimeSyncConfig"), ("machine.time.bootTimeout", "TimeSyncConfig"),
    ("machine.install", "UnattendedInstallConfig"), ("machine.kubelet", "KubeletConfig"),
    ("machine.kubelet.nodeIP", "KubeNodeConfig"), ("machine.kubelet.registerWithFQDN", "KubeNodeConfig"),
    ("machine.kubelet.skipNodeRegistration", "KubeNodeConfig"), ("machine.nodeLabels", "KubeNodeConfig"),
    ("machine.nodeTaints", "KubeNodeConfig"), ("machine.nodeAnnotations", "KubeNodeConfig"),
    ("cluster.allowSchedulingOnControlPlanes", "KubeNodeConfig"), ("machine.features.kubePrism", "KubePrismConfig"),
    ("machine.features.imageCache", "ImageCacheConfig"), ("cluster.clusterName", "KubeClusterConfig"),
    ("cluster.controlPlane.endpoint", "KubeClusterConfig"), ("cluster.network", "KubeFlannelCNIConfig"),
    ("cluster.network", "KubeNetworkConfig"), ("cluster.proxy", "KubeProxyConfig"),
    ("cluster.coreDNS", "KubeCoreDNSConfig"), ("cluster.apiServer", "KubeAPIServerConfig"),
    ("cluster.controlPlane.localAPIServerPort", "KubeAPIServerConfig"),
    ("cluster.apiServer.admissionControl", "KubeAdmissionControlConfig"),
    ("cluster.apiServer.auditPolicy", "KubeAuditPolicyConfig"), ("cluster.ca", "KubeAPIServerCAConfig"),
    ("cluster.aggregatorCA", "KubeAggregatorCAConfig"), ("cluster.serviceAccount", "KubeServiceAccountConfig"),
    ("cluster.controllerManager", "KubeControllerManagerConfig"), ("cluster.scheduler", "KubeSchedulerConfig"),
    ("cluster.secretboxEncryptionSecret", "KubeEtcdEncryptionConfig"),
    ("cluster.aescbcEncryptionSecret", "KubeEtcdEncryptionConfig"),
    ("cluster.discovery", "DiscoveryServiceConfig"), ("cluster.id", "DiscoveryIdentityConfig"),
    ("cluster.secret", "DiscoveryIdentityConfig"),
  ]

  /// The first field that stands beside its document.
  static func first(in talos: TalosFile, beside kinds: Set<String>) -> (path: [String], kind: String)? {
    for (text, kind) in pairs where kinds.contains(kind) {
      let path = text.split(separator: ".").map(String.init)
      // What a patch takes away is there no more.
      if let node = talos.main.node(at: path), node["$patch"] == nil { return (path, kind) }
    }
    let stable = ["machine", "features", "stableHostname"]
    if kinds.contains("HostnameConfig"), talos.main.node(at: stable)?.scalar == .bool(true) {
      return (stable, "HostnameConfig")
    }
    let hostDNS = ["machine", "features", "hostDNS"]
    guard talos.document("ResolverConfig")?["hostDNS"] != nil, talos.main.node(at: hostDNS) != nil else { return nil }
    return (hostDNS, "ResolverConfig")
  }
}
