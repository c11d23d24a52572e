extension TalosFields {
  /// The fields of every type of a machine configuration of Talos 1.13 in the order Talos writes them.
  ///
  /// `name=Type` nests a type, `[…]` is a list, `{}` a free mapping. Older fields that the schema of
  /// 1.13 hides but its loader still reads stand here too.
  static let table = """
    Config: version debug persist machine=MachineConfig cluster=ClusterConfig
    MachineConfig: type token ca=Certificate acceptedCAs=[Certificate] certSANs=[] \
      controlPlane=MachineControlPlaneConfig kubelet=KubeletConfig pods=[{}] network=NetworkConfig disks=[{}] \
      install=InstallConfig files=[MachineFile] env={} time=TimeConfig sysctls={} sysfs={} registries={} \
      systemDiskEncryption={} features=FeaturesConfig udev=UdevConfig logging=LoggingConfig kernel=KernelConfig \
      seccompProfiles=[MachineSeccompProfile] baseRuntimeSpecOverrides={} nodeLabels={} nodeAnnotations={} \
      nodeTaints={}
    ClusterConfig: id secret controlPlane=ControlPlaneConfig clusterName network=ClusterNetworkConfig token \
      aescbcEncryptionSecret secretboxEncryptionSecret ca=Certificate acceptedCAs=[Certificate] \
      aggregatorCA=Certificate serviceAccount=Certificate apiServer=APIServerConfig \
      controllerManager=ControllerManagerConfig proxy=ProxyConfig scheduler=SchedulerConfig \
      discovery=ClusterDiscoveryConfig etcd=EtcdConfig coreDNS=CoreDNS \
      externalCloudProvider=ExternalCloudProviderConfig extraManifests=[] extraManifestHeaders={} \
      inlineManifests=[ClusterInlineManifest] adminKubeconfig=AdminKubeconfigConfig \
      allowSchedulingOnControlPlanes
    APIServerConfig: image extraArgs={} extraVolumes=[VolumeMountConfig] env={} certSANs=[] \
      disablePodSecurityPolicy admissionControl=[AdmissionPluginConfig] auditPolicy={} resources={} \
      authorizationConfig=[AuthorizationConfigAuthorizerConfig]
    AddressConfig: address routePriority
    AdminKubeconfigConfig: certLifetime
    AdmissionPluginConfig: name configuration={}
    AuthorizationConfigAuthorizerConfig: type name webhook={}
    BlackholeRouteConfig: apiVersion kind name metric
    BondConfig: apiVersion kind name hardwareAddr links=[] bondMode miimon updelay downdelay useCarrier \
      xmitHashPolicy arpInterval arpIpTargets=[] nsIp6Targets=[] arpValidate arpAllTargets lacpRate failOverMac \
      adSelect adActorSysPrio adUserPortKey adLACPActive primaryReselect resendIGMP minLinks lpInterval \
      packetsPerSlave numPeerNotif tlbLogicalLb allSlavesActive peerNotifDelay missedMax up mtu \
      addresses=[AddressConfig] routes=[RouteConfig] multicast
    BridgeConfig: apiVersion kind name hardwareAddr links=[] stp=BridgeSTPConfig vlan=BridgeVLANConfig up mtu \
      addresses=[AddressConfig] routes=[RouteConfig] multicast
    BridgeSTPConfig: enabled
    BridgeVLANConfig: filtering
    CNIConfig: name urls=[] flannel=FlannelCNIConfig
    Certificate: crt key
    ClusterDiscoveryConfig: enabled registries=DiscoveryRegistriesConfig
    ClusterInlineManifest: name contents
    ClusterNetworkConfig: cni=CNIConfig dnsDomain podSubnets=[] serviceSubnets=[]
    CommonLinkConfig: up mtu addresses=[AddressConfig] routes=[RouteConfig] multicast
    CommonProbeConfig: interval failureThreshold
    ConfigFile: content mountPath
    ControlPlaneConfig: endpoint localAPIServerPort
    ControllerManagerConfig: image extraArgs={} extraVolumes=[VolumeMountConfig] env={} resources={}
    CoreDNS: disabled image
    DHCPv4Config: apiVersion kind name routeMetric ignoreHostname clientIdentifier duidRaw
    DHCPv6Config: apiVersion kind name routeMetric ignoreHostname clientIdentifier duidRaw
    Device: interface deviceSelector={} addresses=[] routes=[Route] bond={} bridge={} bridgePort={} vlans=[{}] \
      mtu dhcp ignore dummy dhcpOptions={} wireguard={} vip={}
    DiscoveryRegistriesConfig: kubernetes=RegistryKubernetesConfig service=RegistryServiceConfig
    DiskSelector: match
    DummyLinkConfig: apiVersion kind name hardwareAddr up mtu addresses=[AddressConfig] routes=[RouteConfig] \
      multicast
    EncryptionKey: slot static=EncryptionKeyStatic nodeID=EncryptionKeyNodeID kms=EncryptionKeyKMS \
      tpm=EncryptionKeyTPM lockToState
    EncryptionKeyKMS: endpoint
    EncryptionKeyStatic: passphrase
    EncryptionKeyTPM: options=EncryptionKeyTPMOptions checkSecurebootStatusOnEnroll
    EncryptionKeyTPMOptions: pcrs=[]
    EncryptionSpec: provider keys=[EncryptionKey] cipher keySize blockSize options=[]
    EnvironmentConfig: apiVersion kind variables={}
    EtcdConfig: image ca=Certificate extraArgs={} advertisedSubnets=[] listenSubnets=[]
    EthernetChannelsConfig: rx tx other combined
    EthernetConfig: apiVersion kind name features={} rings=EthernetRingsConfig channels=EthernetChannelsConfig \
      wakeOnLan=[]
    EthernetRingsConfig: rx tx rx-mini rx-jumbo rx-buf-len cqe-size tx-push rx-push tx-push-buf-len \
      tcp-data-split
    EventSinkConfig: apiVersion kind endpoint
    ExistingMountSpec: readOnly disableAccessTime secure
    ExistingVolumeConfig: apiVersion kind name discovery=VolumeDiscoverySpec mount=ExistingMountSpec
    ExtensionServiceConfig: apiVersion kind name configFiles=[ConfigFile] environment=[]
    ExternalCloudProviderConfig: enabled manifests=[]
    ExternalMountSpec: readOnly disableAccessTime secure virtiofs=VirtiofsMountSpec
    ExternalVolumeConfig: apiVersion kind name filesystemType mount=ExternalMountSpec
    ExtraHost: ip aliases=[]
    ExtraMount: destination type source options=[] uidMappings=[LinuxIDMapping] gidMappings=[LinuxIDMapping]
    FeaturesConfig: rbac stableHostname kubernetesTalosAPIAccess=KubernetesTalosAPIAccessConfig \
      apidCheckExtKeyUsage diskQuotaSupport kubePrism=KubePrism hostDNS=HostDNSConfig \
      imageCache=ImageCacheConfig nodeAddressSortAlgorithm
    FilesystemSpec: type projectQuotaSupport
    FlannelCNIConfig: extraArgs=[] kubeNetworkPoliciesEnabled
    HCloudVIPConfig: apiVersion kind name link apiToken
    HostDNSConfig: enabled forwardKubeDNSToHost resolveMemberNames
    HostnameConfig: apiVersion kind auto hostname
    ImageCacheConfig: localEnabled
    ImageVerificationConfig: apiVersion kind rules=[{}]
    IngressRule: subnet except
    InstallConfig: disk diskSelector=InstallDiskSelector extraKernelArgs=[] image extensions=[{}] wipe \
      legacyBIOSSupport grubUseUKICmdline
    InstallDiskSelector: size name model serial modalias uuid wwid type busPath
    KernelConfig: modules=[KernelModuleConfig]
    KernelModuleConfig: name parameters=[]
    KmsgLogConfig: apiVersion kind name url
    KubePrism: enabled port
    KubeSpanConfig: apiVersion kind enabled advertiseKubernetesNetworks allowDownPeerBypass \
      harvestExtraEndpoints mtu filters=KubeSpanFiltersConfig
    KubeSpanEndpointsConfig: apiVersion kind extraAnnouncedEndpoints=[]
    KubeSpanFiltersConfig: endpoints=[] excludeAdvertisedNetworks=[]
    KubeletConfig: image clusterDNS=[] extraArgs={} extraMounts=[ExtraMount] extraConfig={} \
      credentialProviderConfig={} defaultRuntimeSeccompProfileEnabled registerWithFQDN \
      nodeIP=KubeletNodeIPConfig skipNodeRegistration disableManifestsDirectory
    KubeletNodeIPConfig: validSubnets=[]
    KubernetesTalosAPIAccessConfig: enabled allowedRoles=[] allowedKubernetesNamespaces=[]
    Layer2VIPConfig: apiVersion kind name link
    LinkAliasConfig: apiVersion kind name selector=LinkSelector
    LinkConfig: apiVersion kind name up mtu addresses=[AddressConfig] routes=[RouteConfig] multicast
    LinkSelector: match
    LinuxIDMapping: containerID hostID size
    LoggingConfig: destinations=[LoggingDestination]
    LoggingDestination: endpoint format extraTags={}
    MachineControlPlaneConfig: controllerManager=MachineControllerManagerConfig scheduler=MachineSchedulerConfig
    MachineControllerManagerConfig: disabled
    MachineFile: content permissions path op
    MachineSchedulerConfig: disabled
    MachineSeccompProfile: name value={}
    MountSpec: secure
    NTPConfig: servers=[]
    NameserverConfig: address
    NetworkConfig: hostname interfaces=[Device] nameservers=[] searchDomains=[] extraHostEntries=[ExtraHost] \
      kubespan={} disableSearchDomain
    NetworkDefaultActionConfig: apiVersion kind ingress
    NetworkRuleConfig: apiVersion kind name portSelector=RulePortSelector ingress=[IngressRule]
    OOMConfig: apiVersion kind triggerExpression cgroupRankingExpression strictCgroupClassOrdering \
      sampleInterval
    PCIDriverRebindConfig: apiVersion kind name targetDriver
    PTPConfig: devices=[]
    ProvisioningSpec: diskSelector=DiskSelector grow minSize maxSize
    ProxyConfig: disabled image mode extraArgs={}
    RawVolumeConfig: apiVersion kind name provisioning=ProvisioningSpec encryption=EncryptionSpec
    RegistryAuthConfig: apiVersion kind name username password auth identityToken
    RegistryEndpoint: url overridePath
    RegistryKubernetesConfig: disabled
    RegistryMirrorConfig: apiVersion kind name endpoints=[RegistryEndpoint] skipFallback
    RegistryServiceConfig: disabled endpoint
    RegistryTLSConfig: apiVersion kind name clientIdentity={} ca insecureSkipVerify
    ResolverConfig: apiVersion kind nameservers=[NameserverConfig] searchDomains=SearchDomainsConfig
    ResourcesConfig: requests={} limits={}
    Route: network gateway source metric mtu
    RouteConfig: destination gateway source metric mtu table
    RoutingRuleConfig: apiVersion kind name src dst table action iifName oifName fwMark fwMask
    RulePortSelector: ports=[] protocol
    SchedulerConfig: image extraArgs={} extraVolumes=[VolumeMountConfig] env={} resources={} config={}
    SearchDomainsConfig: domains=[] disableDefault
    SideroLinkConfig: apiVersion kind apiUrl uniqueToken
    StaticHostConfig: apiVersion kind name hostnames=[]
    SwapVolumeConfig: apiVersion kind name provisioning=ProvisioningSpec encryption=EncryptionSpec
    TCPProbeConfig: apiVersion kind name interval failureThreshold endpoint timeout
    TimeConfig: disabled servers=[] bootTimeout
    TimeSyncConfig: apiVersion kind enabled bootTimeout ntp=NTPConfig ptp=PTPConfig
    TrustedRootsConfig: apiVersion kind name certificates
    UdevConfig: rules=[]
    UserMountSpec: disableAccessTime secure
    UserVolumeConfig: apiVersion kind name volumeType provisioning=ProvisioningSpec filesystem=FilesystemSpec \
      encryption=EncryptionSpec mount=UserMountSpec
    VLANConfig: apiVersion kind name vlanID vlanMode parent up mtu addresses=[AddressConfig] \
      routes=[RouteConfig] multicast
    VRFConfig: apiVersion kind name hardwareAddr links=[] table up mtu addresses=[AddressConfig] \
      routes=[RouteConfig] multicast
    VirtiofsMountSpec: tag
    VolumeConfig: apiVersion kind name provisioning=ProvisioningSpec encryption=EncryptionSpec mount=MountSpec
    VolumeDiscoverySpec: volumeSelector=VolumeSelector
    VolumeMountConfig: hostPath mountPath readonly
    VolumeSelector: match
    WatchdogTimerConfig: apiVersion kind device timeout
    WireguardConfig: apiVersion kind name privateKey listenPort firewallMark peers=[WireguardPeer] up mtu \
      addresses=[AddressConfig] routes=[RouteConfig] multicast
    WireguardPeer: publicKey presharedKey endpoint persistentKeepaliveInterval allowedIPs=[]
    ZswapConfig: apiVersion kind maxPoolPercent shrinkerEnabled
    """
}
