import ZeroTouchModel

/// The keys of the values that Cilium's chart reads, from 1.14 to 1.20; it takes any other without a word.
enum CiliumKeys {
  /// The key that was meant by one that the chart does not know; nil where it knows it, or where none is near.
  static func meant(by key: String, below path: String) -> String? {
    guard let known = known[path], !known.contains(key) else { return nil }
    if let same = known.sorted().first(where: { $0.lowercased() == key.lowercased() }) { return same }
    // Short keys are near to many, and some were keys of a chart long ago.
    return key.count < 6 ? nil : Spelling.nearest(to: key, among: known.sorted())
  }

  /// Where keys are judged: at the top, and in mappings whose keys do not differ between installations.
  static let paths = known.keys.sorted()

  private static let known: [String: Set<String>] = texts.mapValues { text in
    Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
  }

  private static let texts: [String: String] = [
    "": top, "operator": operators, "hubble": hubble, "bpf": bpf,
    "cgroup": "autoMount hostRoot", "cgroup.autoMount": "enabled resources",
    "gatewayAPI": """
    enabled gatewayClass enableAlpn enableAppProtocol enableProxyProtocol hostNetwork externalTrafficPolicy
    secretsNamespace xffNumTrustedHops
    """,
    "gatewayAPI.gatewayClass": "create", "gatewayAPI.hostNetwork": "enabled nodes",
    "securityContext": """
    capabilities privileged seLinuxOptions allowPrivilegeEscalation seccompProfile appArmorProfile runAsUser
    """,
    "securityContext.capabilities": "ciliumAgent mountCgroup applySysctlOverwrites cleanCiliumState",
    "ipam": "mode operator ciliumNodeUpdateRate multiPoolPreAllocation installUplinkRoutesForDelegatedIPAM nodeSpec",
    "ipam.operator": """
    clusterPoolIPv4PodCIDRList clusterPoolIPv6PodCIDRList clusterPoolIPv4PodCIDR clusterPoolIPv6PodCIDR
    clusterPoolIPv4MaskSize clusterPoolIPv6MaskSize autoCreateCiliumPodIPPools externalAPILimitBurstSize
    externalAPILimitQPS
    """,
    "l2announcements": "enabled leaseDuration leaseRenewDeadline leaseRetryPeriod",
    "ingressController": """
    enabled default loadbalancerMode enforceHttps enableProxyProtocol ingressLBAnnotationPrefixes
    defaultSecretNamespace defaultSecretName secretsNamespace service hostNetwork
    """,
    "k8sClientRateLimit": "qps burst operator",
  ]

  private static let top = """
    MTU affinity agent agentNotReadyTaintKey aksbyocni alibabacloud annotateK8sNode annotations apiRateLimit
    authentication autoDirectNodeRoutes azure bandwidthManager bgp bgpControlPlane bpf bpfClockProbe certgen cgroup
    ciliumEndpointSlice cleanBpfState cleanState cluster clustermesh cni commonLabels configDriftDetection
    connectivityProbeFrequencyRatio conntrackGCInterval conntrackGCMaxInterval containerRuntime crdWaitTimeout
    customCalls daemon dashboards debug defaultLBServiceIPAM devices directRoutingSkipUnreachable disableEndpointCRD
    dnsPolicy dnsProxy egressGateway enableCiliumEndpointSlice enableCnpStatusUpdates enableCriticalPriorityClass
    enableIPv4BIGTCP enableIPv4Masquerade enableIPv6BIGTCP enableIPv6Masquerade enableInternalTrafficPolicy
    enableK8sEventHandover enableK8sTerminatingEndpoint enableLBIPAM enableMasqueradeRouteSource
    enableNoServiceEndpointsRoutable enableNonDefaultDenyPolicies enableRuntimeDeviceDetection enableTunnelBIGTCP
    enableXTSocketFallback encryption endpointHealthChecking endpointLockdownOnMapOverflow endpointRoutes
    endpointStatus eni envoy envoyConfig etcd externalIPs externalWorkloads extraArgs extraConfig extraContainers
    extraEnv extraHostPathMounts extraInitContainers extraVolumeMounts extraVolumes forceDeviceDetection gatewayAPI gke
    global healthChecking healthPort highScaleIPcache hostAliases hostFirewall hostNetwork hostPort hostServices hubble
    identityAllocationMode identityChangeGracePeriod identityManagementMode image imagePullSecrets ingressController
    initResources installIptablesRules installNoConntrackIptablesRules ipMasqAgent ipam ipv4 ipv4NativeRoutingCIDR
    ipv6 ipv6NativeRoutingCIDR iptablesRandomFully k8s k8sClientExponentialBackoff k8sClientRateLimit k8sNetworkPolicy
    k8sServiceHost k8sServiceHostRef k8sServiceLookupConfigMapName k8sServiceLookupNamespace k8sServicePort
    keepDeprecatedLabels keepDeprecatedProbes kubeConfigPath kubeProxyReplacement kubeProxyReplacementHealthzBindAddr
    kvstore l2NeighDiscovery l2announcements l2podAnnouncements l7Proxy livenessProbe loadBalancer localRedirectPolicies
    localRedirectPolicy logSystemLoad maglev monitor name nameOverride namespaceOverride nat46x64Gateway nodeIPAM
    nodePort nodeSelector nodeSelectorLabels nodeinit operator pmtuDiscovery podAnnotations podLabels
    podSecurityContext policyCIDRMatchMode policyDenyResponse policyEnforcementMode pprof preflight priorityClassName
    prometheus proxy rbac readinessProbe remoteNodeIdentity resourceQuotas resources rollOutCiliumPods routingMode
    scheduling sctp secretsNamespaceAnnotations secretsNamespaceLabels securityContext serviceAccounts
    serviceNoBackendResponse sleepAfterInit socketLB sockops standaloneDnsProxy startupProbe svcSourceRangeCheck
    synchronizeK8sNodes sysctlfix terminationGracePeriodSeconds tls tolerations tunnel tunnelPort tunnelProtocol
    tunnelSourcePortRange underlayProtocol updateStrategy upgradeCompatibility vtep waitForKubeProxy
    wellKnownIdentities
    """
  private static let operators = """
    affinity annotations dashboards dnsPolicy enabled endpointGCInterval extraArgs extraEnv extraHostPathMounts
    extraVolumeMounts extraVolumes hostNetwork identityGCInterval identityHeartbeatTimeout image name nodeGCInterval
    nodeSelector podAnnotations podDisruptionBudget podLabels podSecurityContext pprof priorityClassName prometheus
    removeNodeTaints replicas resources rollOutPods securityContext serviceAccountName setNodeNetworkStatus
    setNodeTaints skipCNPStatusStartupClean skipCRDCreation tls tolerations topologySpreadConstraints
    unmanagedPodWatcher updateStrategy
    """
  private static let hubble = """
    annotations dropEventEmitter enabled eventBufferCapacity eventQueueSize export listenAddress metrics monitorEvents
    networkPolicyCorrelation peerService preferIpv6 redact relay skipUnknownCGroupIDs socketPath tls ui
    """
  private static let bpf = """
    authMapMax autoMount clockProbe ctAccounting ctAnyMax ctTcpMax datapathMode disableExternalIPMitigation
    distributedLRU enableTCX enableTunnelTunnel events hostLegacyRouting hostRoutingMode lbAlgorithmAnnotation
    lbBypassFIBLookup lbExternalClusterIP lbMapMax lbModeAnnotation lbSourceRangeAllTypes mapDynamicSizeRatio masquerade
    monitorAggregation monitorFlags monitorInterval monitorTraceIPOption natMax neighMax nodeMapMax policyMapMax
    policyMapPressureMetricsThreshold policyStatsMapMax preallocateMaps root tproxy vlanBypass waitForMount
    """
}
