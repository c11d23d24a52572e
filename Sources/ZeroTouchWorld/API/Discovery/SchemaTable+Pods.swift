extension SchemaTable {
  /// Pods and what they are made of.
  static let pods = """
    Pod: One or more containers that run together on one node.
      spec PodSpec What is wanted.
      status PodStatus What was observed last.
    PodTemplateSpec: What pods look like.
      metadata ObjectMeta Their labels and annotations.
      spec PodSpec Their wanted state.
    PodSpec: The wanted state of a pod.
      containers []Container What runs; at least one.
      initContainers []Container What runs before, one after the other.
      volumes []Volume What containers can mount.
      restartPolicy string Always, OnFailure or Never.
      nodeName string The node it runs on; the scheduler writes it.
      nodeSelector map Labels the node must have.
      affinity object What it wants to be near to or away from.
      tolerations []Toleration The taints it puts up with.
      topologySpreadConstraints []object How it spreads over zones or nodes.
      serviceAccountName string As whom it speaks to the API.
      hostNetwork boolean Whether it uses the node's own network.
      dnsPolicy string Where it resolves names.
      priorityClassName string How important it is.
      schedulerName string Who places it.
      securityContext object Users, groups and rights of all containers.
      imagePullSecrets []object Secrets with which images are pulled.
      terminationGracePeriodSeconds integer How long it may take to stop; 30 unless said.
    PodStatus: The observed state of a pod.
      phase string Pending, Running, Succeeded, Failed or Unknown.
      conditions []Condition PodScheduled, Initialized, ContainersReady and Ready.
      podIP string Its address.
      hostIP string The address of its node.
      containerStatuses []object The state of each container.
    Container: One program of a pod.
      name string Its name, unique in the pod.
      image string Where it comes from.
      imagePullPolicy string Always, IfNotPresent or Never.
      command []string What runs instead of the image's entry point.
      args []string The arguments.
      workingDir string Where it runs.
      ports []ContainerPort The ports it opens.
      env []EnvVar The variables it gets.
      envFrom []object ConfigMaps and Secrets that become variables.
      resources Resources What it needs and may use.
      volumeMounts []VolumeMount Where volumes appear.
      livenessProbe Probe When it must be restarted.
      readinessProbe Probe When it may get traffic.
      startupProbe Probe When the other probes begin.
      securityContext object Its user and rights.
    ContainerPort: A port that a container opens.
      containerPort integer The number.
      name string A name that Services can use.
      protocol string TCP, UDP or SCTP.
      hostPort integer The same port on the node.
    EnvVar: A variable of the environment.
      name string Its name.
      value string Its value.
      valueFrom object Where the value comes from.
    Resources: What a container needs and may use.
      requests map What the scheduler reserves.
      limits map What it never exceeds.
    VolumeMount: Where a volume appears in a container.
      name string The volume.
      mountPath string The path.
      subPath string The part of the volume.
      readOnly boolean Whether it cannot be written.
    Probe: A question the kubelet asks a container.
      httpGet object By an HTTP request.
      tcpSocket object By opening a connection.
      exec object By a command.
      initialDelaySeconds integer How long to wait first.
      periodSeconds integer How often; 10 unless said.
      timeoutSeconds integer How long an answer may take.
      failureThreshold integer How many failures count.
    Volume: Files that containers of a pod can mount.
      name string Its name.
      configMap object From a ConfigMap.
      secret object From a Secret.
      emptyDir object An empty folder that lives as long as the pod.
      hostPath object A folder of the node.
      persistentVolumeClaim object From a claim.
    Toleration: A taint the pod puts up with.
      key string The taint's key; none means all.
      operator string Exists or Equal.
      value string The taint's value.
      effect string NoSchedule, PreferNoSchedule or NoExecute.
      tolerationSeconds integer For how long.

    """
}
