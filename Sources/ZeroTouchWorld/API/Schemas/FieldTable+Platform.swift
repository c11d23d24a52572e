extension FieldTable {
  /// Workloads, networking, policies, access, storage and admission.
  static let platform = """
    ControllerRevision: metadata=ObjectMeta data=any revision=int64
    DaemonSet: metadata=ObjectMeta spec=DaemonSetSpec status=DaemonSetStatus
    DaemonSetSpec: selector=LabelSelector template=PodTemplateSpec updateStrategy=DaemonSetUpdateStrategy
      minReadySeconds=int32 revisionHistoryLimit=int32
    DaemonSetUpdateStrategy: type=string rollingUpdate=RollingUpdateDaemonSet
    RollingUpdateDaemonSet: maxUnavailable=intOrString maxSurge=intOrString
    DaemonSetStatus: currentNumberScheduled=int32 numberMisscheduled=int32 desiredNumberScheduled=int32
      numberReady=int32 observedGeneration=int64 updatedNumberScheduled=int32 numberAvailable=int32
      numberUnavailable=int32 collisionCount=int32 conditions=[]DaemonSetCondition
    DaemonSetCondition: type=string status=string lastTransitionTime=time reason=string message=string
    Deployment: metadata=ObjectMeta spec=DeploymentSpec status=DeploymentStatus
    DeploymentSpec: replicas=int32 selector=LabelSelector template=PodTemplateSpec strategy=DeploymentStrategy
      minReadySeconds=int32 revisionHistoryLimit=int32 paused=bool progressDeadlineSeconds=int32
    DeploymentStrategy: type=string rollingUpdate=RollingUpdateDeployment
    RollingUpdateDeployment: maxUnavailable=intOrString maxSurge=intOrString
    DeploymentStatus: observedGeneration=int64 replicas=int32 updatedReplicas=int32 readyReplicas=int32
      availableReplicas=int32 unavailableReplicas=int32 terminatingReplicas=int32 conditions=[]DeploymentCondition
      collisionCount=int32
    DeploymentCondition: type=string status=string lastUpdateTime=time lastTransitionTime=time reason=string
      message=string
    ReplicaSet: metadata=ObjectMeta spec=ReplicaSetSpec status=ReplicaSetStatus
    ReplicaSetSpec: replicas=int32 minReadySeconds=int32 selector=LabelSelector template=PodTemplateSpec
    ReplicaSetStatus: replicas=int32 fullyLabeledReplicas=int32 readyReplicas=int32 availableReplicas=int32
      terminatingReplicas=int32 observedGeneration=int64 conditions=[]ReplicaSetCondition
    ReplicaSetCondition: type=string status=string lastTransitionTime=time reason=string message=string
    StatefulSet: metadata=ObjectMeta spec=StatefulSetSpec status=StatefulSetStatus
    StatefulSetSpec: replicas=int32 selector=LabelSelector template=PodTemplateSpec
      volumeClaimTemplates=[]PersistentVolumeClaim serviceName=string podManagementPolicy=string
      updateStrategy=StatefulSetUpdateStrategy revisionHistoryLimit=int32 minReadySeconds=int32
      persistentVolumeClaimRetentionPolicy=StatefulSetPersistentVolumeClaimRetentionPolicy
      ordinals=StatefulSetOrdinals
    StatefulSetUpdateStrategy: type=string rollingUpdate=RollingUpdateStatefulSetStrategy
    RollingUpdateStatefulSetStrategy: partition=int32 maxUnavailable=intOrString
    StatefulSetPersistentVolumeClaimRetentionPolicy: whenDeleted=string whenScaled=string
    StatefulSetOrdinals: start=int32
    StatefulSetStatus: observedGeneration=int64 replicas=int32 readyReplicas=int32 currentReplicas=int32
      updatedReplicas=int32 currentRevision=string updateRevision=string collisionCount=int32
      conditions=[]StatefulSetCondition availableReplicas=int32
    StatefulSetCondition: type=string status=string lastTransitionTime=time reason=string message=string
    CronJob: metadata=ObjectMeta spec=CronJobSpec status=CronJobStatus
    CronJobSpec: schedule=string timeZone=string startingDeadlineSeconds=int64 concurrencyPolicy=string suspend=bool
      jobTemplate=JobTemplateSpec successfulJobsHistoryLimit=int32 failedJobsHistoryLimit=int32
    JobTemplateSpec: metadata=ObjectMeta spec=JobSpec
    JobSpec: parallelism=int32 completions=int32 activeDeadlineSeconds=int64 podFailurePolicy=PodFailurePolicy
      successPolicy=SuccessPolicy backoffLimit=int32 backoffLimitPerIndex=int32 maxFailedIndexes=int32
      selector=LabelSelector manualSelector=bool template=PodTemplateSpec ttlSecondsAfterFinished=int32
      completionMode=string suspend=bool podReplacementPolicy=string managedBy=string
    PodFailurePolicy: rules=[]PodFailurePolicyRule
    PodFailurePolicyRule: action=string onExitCodes=PodFailurePolicyOnExitCodesRequirement
      onPodConditions=[]PodFailurePolicyOnPodConditionsPattern
    PodFailurePolicyOnExitCodesRequirement: containerName=string operator=string values=[]int32
    PodFailurePolicyOnPodConditionsPattern: type=string status=string
    SuccessPolicy: rules=[]SuccessPolicyRule
    SuccessPolicyRule: succeededIndexes=string succeededCount=int32
    CronJobStatus: active=[]ObjectReference lastScheduleTime=time lastSuccessfulTime=time
    Job: metadata=ObjectMeta spec=JobSpec status=JobStatus
    JobStatus: conditions=[]JobCondition startTime=time completionTime=time active=int32 succeeded=int32
      failed=int32 terminating=int32 completedIndexes=string failedIndexes=string
      uncountedTerminatedPods=UncountedTerminatedPods ready=int32
    JobCondition: type=string status=string lastProbeTime=time lastTransitionTime=time reason=string message=string
    UncountedTerminatedPods: succeeded=[]string failed=[]string
    HorizontalPodAutoscaler: metadata=ObjectMeta spec=HorizontalPodAutoscalerSpec
      status=HorizontalPodAutoscalerStatus
    HorizontalPodAutoscalerSpec: scaleTargetRef=CrossVersionObjectReference minReplicas=int32 maxReplicas=int32
      metrics=[]MetricSpec behavior=HorizontalPodAutoscalerBehavior
    CrossVersionObjectReference: kind=string name=string apiVersion=string
    MetricSpec: type=string object=ObjectMetricSource pods=PodsMetricSource resource=ResourceMetricSource
      containerResource=ContainerResourceMetricSource external=ExternalMetricSource
    ObjectMetricSource: describedObject=CrossVersionObjectReference target=MetricTarget metric=MetricIdentifier
    MetricTarget: type=string value=quantity averageValue=quantity averageUtilization=int32
    MetricIdentifier: name=string selector=LabelSelector
    PodsMetricSource: metric=MetricIdentifier target=MetricTarget
    ResourceMetricSource: name=string target=MetricTarget
    ContainerResourceMetricSource: name=string target=MetricTarget container=string
    ExternalMetricSource: metric=MetricIdentifier target=MetricTarget
    HorizontalPodAutoscalerBehavior: scaleUp=HPAScalingRules scaleDown=HPAScalingRules
    HPAScalingRules: stabilizationWindowSeconds=int32 selectPolicy=string policies=[]HPAScalingPolicy
      tolerance=quantity
    HPAScalingPolicy: type=string value=int32 periodSeconds=int32
    HorizontalPodAutoscalerStatus: observedGeneration=int64 lastScaleTime=time currentReplicas=int32
      desiredReplicas=int32 currentMetrics=[]MetricStatus conditions=[]HorizontalPodAutoscalerCondition
    MetricStatus: type=string object=ObjectMetricStatus pods=PodsMetricStatus resource=ResourceMetricStatus
      containerResource=ContainerResourceMetricStatus external=ExternalMetricStatus
    ObjectMetricStatus: metric=MetricIdentifier current=MetricValueStatus
      describedObject=CrossVersionObjectReference
    MetricValueStatus: value=quantity averageValue=quantity averageUtilization=int32
    PodsMetricStatus: metric=MetricIdentifier current=MetricValueStatus
    ResourceMetricStatus: name=string current=MetricValueStatus
    ContainerResourceMetricStatus: name=string current=MetricValueStatus container=string
    ExternalMetricStatus: metric=MetricIdentifier current=MetricValueStatus
    HorizontalPodAutoscalerCondition: type=string status=string lastTransitionTime=time reason=string message=string
    Ingress: metadata=ObjectMeta spec=IngressSpec status=IngressStatus
    IngressSpec: ingressClassName=string defaultBackend=IngressBackend tls=[]IngressTLS rules=[]IngressRule
    IngressBackend: service=IngressServiceBackend resource=TypedLocalObjectReference
    IngressServiceBackend: name=string port=ServiceBackendPort
    ServiceBackendPort: name=string number=int32
    IngressTLS: hosts=[]string secretName=string
    IngressRule: host=string http=HTTPIngressRuleValue
    HTTPIngressRuleValue: paths=[]HTTPIngressPath
    HTTPIngressPath: path=string pathType=string backend=IngressBackend
    IngressStatus: loadBalancer=IngressLoadBalancerStatus
    IngressLoadBalancerStatus: ingress=[]IngressLoadBalancerIngress
    IngressLoadBalancerIngress: ip=string hostname=string ports=[]IngressPortStatus
    IngressPortStatus: port=int32 protocol=string error=string
    IngressClass: metadata=ObjectMeta spec=IngressClassSpec
    IngressClassSpec: controller=string parameters=IngressClassParametersReference
    IngressClassParametersReference: apiGroup=string kind=string name=string scope=string namespace=string
    NetworkPolicy: metadata=ObjectMeta spec=NetworkPolicySpec
    NetworkPolicySpec: podSelector=LabelSelector ingress=[]NetworkPolicyIngressRule egress=[]NetworkPolicyEgressRule
      policyTypes=[]string
    NetworkPolicyIngressRule: ports=[]NetworkPolicyPort from=[]NetworkPolicyPeer
    NetworkPolicyPort: protocol=string port=intOrString endPort=int32
    NetworkPolicyPeer: podSelector=LabelSelector namespaceSelector=LabelSelector ipBlock=IPBlock
    IPBlock: cidr=string except=[]string
    NetworkPolicyEgressRule: ports=[]NetworkPolicyPort to=[]NetworkPolicyPeer
    PodDisruptionBudget: metadata=ObjectMeta spec=PodDisruptionBudgetSpec status=PodDisruptionBudgetStatus
    PodDisruptionBudgetSpec: minAvailable=intOrString selector=LabelSelector maxUnavailable=intOrString
      unhealthyPodEvictionPolicy=string
    PodDisruptionBudgetStatus: observedGeneration=int64 disruptedPods=map:time disruptionsAllowed=int32
      currentHealthy=int32 desiredHealthy=int32 expectedPods=int32 conditions=[]Condition
    ClusterRole: metadata=ObjectMeta rules=[]PolicyRule aggregationRule=AggregationRule
    PolicyRule: verbs=[]string apiGroups=[]string resources=[]string resourceNames=[]string nonResourceURLs=[]string
    AggregationRule: clusterRoleSelectors=[]LabelSelector
    ClusterRoleBinding: metadata=ObjectMeta subjects=[]Subject roleRef=RoleRef
    Subject: kind=string apiGroup=string name=string namespace=string
    RoleRef: apiGroup=string kind=string name=string
    Role: metadata=ObjectMeta rules=[]PolicyRule
    RoleBinding: metadata=ObjectMeta subjects=[]Subject roleRef=RoleRef
    CSIDriver: metadata=ObjectMeta spec=CSIDriverSpec
    CSIDriverSpec: attachRequired=bool podInfoOnMount=bool volumeLifecycleModes=[]string storageCapacity=bool
      fsGroupPolicy=string tokenRequests=[]TokenRequest requiresRepublish=bool seLinuxMount=bool
      nodeAllocatableUpdatePeriodSeconds=int64 serviceAccountTokenInSecrets=bool
    TokenRequest: audience=string expirationSeconds=int64
    CSINode: metadata=ObjectMeta spec=CSINodeSpec
    CSINodeSpec: drivers=[]CSINodeDriver
    CSINodeDriver: name=string nodeID=string topologyKeys=[]string allocatable=VolumeNodeResources
    VolumeNodeResources: count=int32
    CSIStorageCapacity: metadata=ObjectMeta nodeTopology=LabelSelector storageClassName=string capacity=quantity
      maximumVolumeSize=quantity
    StorageClass: metadata=ObjectMeta provisioner=string parameters=map:string reclaimPolicy=string
      mountOptions=[]string allowVolumeExpansion=bool volumeBindingMode=string
      allowedTopologies=[]TopologySelectorTerm
    TopologySelectorTerm: matchLabelExpressions=[]TopologySelectorLabelRequirement
    TopologySelectorLabelRequirement: key=string values=[]string
    VolumeAttachment: metadata=ObjectMeta spec=VolumeAttachmentSpec status=VolumeAttachmentStatus
    VolumeAttachmentSpec: attacher=string source=VolumeAttachmentSource nodeName=string
    VolumeAttachmentSource: persistentVolumeName=string inlineVolumeSpec=PersistentVolumeSpec
    VolumeAttachmentStatus: attached=bool attachmentMetadata=map:string attachError=VolumeError
      detachError=VolumeError
    VolumeError: time=time message=string errorCode=int32
    PriorityClass: metadata=ObjectMeta value=int32 globalDefault=bool description=string preemptionPolicy=string
    Lease: metadata=ObjectMeta spec=LeaseSpec
    LeaseSpec: holderIdentity=string leaseDurationSeconds=int32 acquireTime=time renewTime=time
      leaseTransitions=int32 strategy=string preferredHolder=string
    EndpointSlice: metadata=ObjectMeta addressType=string endpoints=[]Endpoint ports=[]DiscoveryEndpointPort
    Endpoint: addresses=[]string conditions=EndpointConditions hostname=string targetRef=ObjectReference
      deprecatedTopology=map:string nodeName=string zone=string hints=EndpointHints
    EndpointConditions: ready=bool serving=bool terminating=bool
    EndpointHints: forZones=[]ForZone forNodes=[]ForNode
    ForZone: name=string
    ForNode: name=string
    DiscoveryEndpointPort: name=string protocol=string port=int32 appProtocol=string
    RuntimeClass: metadata=ObjectMeta handler=string overhead=Overhead scheduling=Scheduling
    Overhead: podFixed=map:quantity
    Scheduling: nodeSelector=map:string tolerations=[]Toleration
    MutatingWebhookConfiguration: metadata=ObjectMeta webhooks=[]MutatingWebhook
    MutatingWebhook: name=string clientConfig=WebhookClientConfig rules=[]RuleWithOperations failurePolicy=string
      matchPolicy=string namespaceSelector=LabelSelector objectSelector=LabelSelector sideEffects=string
      timeoutSeconds=int32 admissionReviewVersions=[]string reinvocationPolicy=string
      matchConditions=[]MatchCondition
    WebhookClientConfig: url=string service=ServiceReference caBundle=bytes
    ServiceReference: namespace=string name=string path=string port=int32
    RuleWithOperations: operations=[]string apiGroups=[]string apiVersions=[]string resources=[]string scope=string
    MatchCondition: name=string expression=string
    ValidatingWebhookConfiguration: metadata=ObjectMeta webhooks=[]ValidatingWebhook
    ValidatingWebhook: name=string clientConfig=WebhookClientConfig rules=[]RuleWithOperations failurePolicy=string
      matchPolicy=string namespaceSelector=LabelSelector objectSelector=LabelSelector sideEffects=string
      timeoutSeconds=int32 admissionReviewVersions=[]string matchConditions=[]MatchCondition
    ValidatingAdmissionPolicy: metadata=ObjectMeta spec=ValidatingAdmissionPolicySpec
      status=ValidatingAdmissionPolicyStatus
    ValidatingAdmissionPolicySpec: paramKind=ParamKind matchConstraints=MatchResources validations=[]Validation
      failurePolicy=string auditAnnotations=[]AuditAnnotation matchConditions=[]MatchCondition variables=[]Variable
    ParamKind: apiVersion=string kind=string
    MatchResources: namespaceSelector=LabelSelector objectSelector=LabelSelector
      resourceRules=[]NamedRuleWithOperations excludeResourceRules=[]NamedRuleWithOperations matchPolicy=string
    NamedRuleWithOperations: resourceNames=[]string operations=[]string apiGroups=[]string apiVersions=[]string
      resources=[]string scope=string
    Validation: expression=string message=string reason=string messageExpression=string
    AuditAnnotation: key=string valueExpression=string
    Variable: name=string expression=string
    ValidatingAdmissionPolicyStatus: observedGeneration=int64 typeChecking=TypeChecking conditions=[]Condition
    TypeChecking: expressionWarnings=[]ExpressionWarning
    ExpressionWarning: fieldRef=string warning=string
    ValidatingAdmissionPolicyBinding: metadata=ObjectMeta spec=ValidatingAdmissionPolicyBindingSpec
    ValidatingAdmissionPolicyBindingSpec: policyName=string paramRef=ParamRef matchResources=MatchResources
      validationActions=[]string
    ParamRef: name=string namespace=string selector=LabelSelector parameterNotFoundAction=string
    CertificateSigningRequest: metadata=ObjectMeta spec=CertificateSigningRequestSpec
      status=CertificateSigningRequestStatus
    CertificateSigningRequestSpec: request=bytes signerName=string expirationSeconds=int32 usages=[]string
      username=string uid=string groups=[]string extra=map:ExtraValue
    ExtraValue: items=[]string
    CertificateSigningRequestStatus: conditions=[]CertificateSigningRequestCondition certificate=bytes
    CertificateSigningRequestCondition: type=string status=string reason=string message=string lastUpdateTime=time
      lastTransitionTime=time
    """
}
