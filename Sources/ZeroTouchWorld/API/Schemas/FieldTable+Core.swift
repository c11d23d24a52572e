extension FieldTable {
  /// The rest of the core group.
  static let core = """
    Service: metadata=ObjectMeta spec=ServiceSpec status=ServiceStatus
    ServiceSpec: ports=[]ServicePort selector=map:string clusterIP=string clusterIPs=[]string type=string
      externalIPs=[]string sessionAffinity=string loadBalancerIP=string loadBalancerSourceRanges=[]string
      externalName=string externalTrafficPolicy=string healthCheckNodePort=int32 publishNotReadyAddresses=bool
      sessionAffinityConfig=SessionAffinityConfig ipFamilies=[]string ipFamilyPolicy=string
      allocateLoadBalancerNodePorts=bool loadBalancerClass=string internalTrafficPolicy=string
      trafficDistribution=string
    ServicePort: name=string protocol=string appProtocol=string port=int32 targetPort=intOrString nodePort=int32
    SessionAffinityConfig: clientIP=ClientIPConfig
    ClientIPConfig: timeoutSeconds=int32
    ServiceStatus: loadBalancer=LoadBalancerStatus conditions=[]Condition
    LoadBalancerStatus: ingress=[]LoadBalancerIngress
    LoadBalancerIngress: ip=string hostname=string ipMode=string ports=[]PortStatus
    PortStatus: port=int32 protocol=string error=string
    Condition: type=string status=string observedGeneration=int64 lastTransitionTime=time reason=string
      message=string
    ConfigMap: metadata=ObjectMeta immutable=bool data=map:string binaryData=map:bytes
    Secret: metadata=ObjectMeta immutable=bool data=map:bytes stringData=map:string type=string
    Namespace: metadata=ObjectMeta spec=NamespaceSpec status=NamespaceStatus
    NamespaceSpec: finalizers=[]string
    NamespaceStatus: phase=string conditions=[]NamespaceCondition
    NamespaceCondition: type=string status=string lastTransitionTime=time reason=string message=string
    Node: metadata=ObjectMeta spec=NodeSpec status=NodeStatus
    NodeSpec: podCIDR=string podCIDRs=[]string providerID=string unschedulable=bool taints=[]Taint
      configSource=NodeConfigSource externalID=string
    Taint: key=string value=string effect=string timeAdded=time
    NodeConfigSource: configMap=ConfigMapNodeConfigSource
    ConfigMapNodeConfigSource: namespace=string name=string uid=string resourceVersion=string
      kubeletConfigKey=string
    NodeStatus: capacity=map:quantity allocatable=map:quantity phase=string conditions=[]NodeCondition
      addresses=[]NodeAddress daemonEndpoints=NodeDaemonEndpoints nodeInfo=NodeSystemInfo images=[]ContainerImage
      volumesInUse=[]string volumesAttached=[]AttachedVolume config=NodeConfigStatus
      runtimeHandlers=[]NodeRuntimeHandler features=NodeFeatures declaredFeatures=[]string
    NodeCondition: type=string status=string lastHeartbeatTime=time lastTransitionTime=time reason=string
      message=string
    NodeAddress: type=string address=string
    NodeDaemonEndpoints: kubeletEndpoint=DaemonEndpoint
    DaemonEndpoint: Port=int32
    NodeSystemInfo: machineID=string systemUUID=string bootID=string kernelVersion=string osImage=string
      containerRuntimeVersion=string kubeletVersion=string kubeProxyVersion=string operatingSystem=string
      architecture=string swap=NodeSwapStatus
    NodeSwapStatus: capacity=int64
    ContainerImage: names=[]string sizeBytes=int64
    AttachedVolume: name=string devicePath=string
    NodeConfigStatus: assigned=NodeConfigSource active=NodeConfigSource lastKnownGood=NodeConfigSource error=string
    NodeRuntimeHandler: name=string features=NodeRuntimeHandlerFeatures
    NodeRuntimeHandlerFeatures: recursiveReadOnlyMounts=bool userNamespaces=bool
    NodeFeatures: supplementalGroupsPolicy=bool
    PersistentVolume: metadata=ObjectMeta spec=PersistentVolumeSpec status=PersistentVolumeStatus
    PersistentVolumeSpec: capacity=map:quantity gcePersistentDisk=GCEPersistentDiskVolumeSource
      awsElasticBlockStore=AWSElasticBlockStoreVolumeSource hostPath=HostPathVolumeSource
      glusterfs=GlusterfsPersistentVolumeSource nfs=NFSVolumeSource rbd=RBDPersistentVolumeSource
      iscsi=ISCSIPersistentVolumeSource cinder=CinderPersistentVolumeSource cephfs=CephFSPersistentVolumeSource
      fc=FCVolumeSource flocker=FlockerVolumeSource flexVolume=FlexPersistentVolumeSource
      azureFile=AzureFilePersistentVolumeSource vsphereVolume=VsphereVirtualDiskVolumeSource
      quobyte=QuobyteVolumeSource azureDisk=AzureDiskVolumeSource
      photonPersistentDisk=PhotonPersistentDiskVolumeSource portworxVolume=PortworxVolumeSource
      scaleIO=ScaleIOPersistentVolumeSource local=LocalVolumeSource storageos=StorageOSPersistentVolumeSource
      csi=CSIPersistentVolumeSource accessModes=[]string claimRef=ObjectReference
      persistentVolumeReclaimPolicy=string storageClassName=string mountOptions=[]string volumeMode=string
      nodeAffinity=VolumeNodeAffinity volumeAttributesClassName=string
    GlusterfsPersistentVolumeSource: endpoints=string path=string readOnly=bool endpointsNamespace=string
    RBDPersistentVolumeSource: monitors=[]string image=string fsType=string pool=string user=string keyring=string
      secretRef=SecretReference readOnly=bool
    SecretReference: name=string namespace=string
    ISCSIPersistentVolumeSource: targetPortal=string iqn=string lun=int32 iscsiInterface=string fsType=string
      readOnly=bool portals=[]string chapAuthDiscovery=bool chapAuthSession=bool secretRef=SecretReference
      initiatorName=string
    CinderPersistentVolumeSource: volumeID=string fsType=string readOnly=bool secretRef=SecretReference
    CephFSPersistentVolumeSource: monitors=[]string path=string user=string secretFile=string
      secretRef=SecretReference readOnly=bool
    FlexPersistentVolumeSource: driver=string fsType=string secretRef=SecretReference readOnly=bool
      options=map:string
    AzureFilePersistentVolumeSource: secretName=string shareName=string readOnly=bool secretNamespace=string
    ScaleIOPersistentVolumeSource: gateway=string system=string secretRef=SecretReference sslEnabled=bool
      protectionDomain=string storagePool=string storageMode=string volumeName=string fsType=string readOnly=bool
    LocalVolumeSource: path=string fsType=string
    StorageOSPersistentVolumeSource: volumeName=string volumeNamespace=string fsType=string readOnly=bool
      secretRef=ObjectReference
    ObjectReference: kind=string namespace=string name=string uid=string apiVersion=string resourceVersion=string
      fieldPath=string
    CSIPersistentVolumeSource: driver=string volumeHandle=string readOnly=bool fsType=string
      volumeAttributes=map:string controllerPublishSecretRef=SecretReference nodeStageSecretRef=SecretReference
      nodePublishSecretRef=SecretReference controllerExpandSecretRef=SecretReference
      nodeExpandSecretRef=SecretReference
    VolumeNodeAffinity: required=NodeSelector
    PersistentVolumeStatus: phase=string message=string reason=string lastPhaseTransitionTime=time
    PersistentVolumeClaim: metadata=ObjectMeta spec=PersistentVolumeClaimSpec status=PersistentVolumeClaimStatus
    PersistentVolumeClaimStatus: phase=string accessModes=[]string capacity=map:quantity
      conditions=[]PersistentVolumeClaimCondition allocatedResources=map:quantity
      allocatedResourceStatuses=map:string currentVolumeAttributesClassName=string
      modifyVolumeStatus=ModifyVolumeStatus
    PersistentVolumeClaimCondition: type=string status=string lastProbeTime=time lastTransitionTime=time
      reason=string message=string
    ModifyVolumeStatus: targetVolumeAttributesClassName=string status=string
    ServiceAccount: metadata=ObjectMeta secrets=[]ObjectReference imagePullSecrets=[]LocalObjectReference
      automountServiceAccountToken=bool
    Endpoints: metadata=ObjectMeta subsets=[]EndpointSubset
    EndpointSubset: addresses=[]EndpointAddress notReadyAddresses=[]EndpointAddress ports=[]EndpointPort
    EndpointAddress: ip=string hostname=string nodeName=string targetRef=ObjectReference
    EndpointPort: name=string port=int32 protocol=string appProtocol=string
    LimitRange: metadata=ObjectMeta spec=LimitRangeSpec
    LimitRangeSpec: limits=[]LimitRangeItem
    LimitRangeItem: type=string max=map:quantity min=map:quantity default=map:quantity defaultRequest=map:quantity
      maxLimitRequestRatio=map:quantity
    ResourceQuota: metadata=ObjectMeta spec=ResourceQuotaSpec status=ResourceQuotaStatus
    ResourceQuotaSpec: hard=map:quantity scopes=[]string scopeSelector=ScopeSelector
    ScopeSelector: matchExpressions=[]ScopedResourceSelectorRequirement
    ScopedResourceSelectorRequirement: scopeName=string operator=string values=[]string
    ResourceQuotaStatus: hard=map:quantity used=map:quantity
    PodTemplate: metadata=ObjectMeta template=PodTemplateSpec
    PodTemplateSpec: metadata=ObjectMeta spec=PodSpec
    ReplicationController: metadata=ObjectMeta spec=ReplicationControllerSpec status=ReplicationControllerStatus
    ReplicationControllerSpec: replicas=int32 minReadySeconds=int32 selector=map:string template=PodTemplateSpec
    ReplicationControllerStatus: replicas=int32 fullyLabeledReplicas=int32 readyReplicas=int32
      availableReplicas=int32 observedGeneration=int64 conditions=[]ReplicationControllerCondition
    ReplicationControllerCondition: type=string status=string lastTransitionTime=time reason=string message=string
    Event: metadata=ObjectMeta involvedObject=ObjectReference reason=string message=string source=EventSource
      firstTimestamp=time lastTimestamp=time count=int32 type=string eventTime=time series=EventSeries action=string
      related=ObjectReference reportingComponent=string reportingInstance=string
    EventSource: component=string host=string
    EventSeries: count=int32 lastObservedTime=time
    """
}
