extension SchemaTable {
  /// What many kinds share, and the simple kinds.
  static let basics = """
    ObjectMeta: Names, labels and book-keeping that every object has.
      name string The name, unique in its namespace.
      generateName string A prefix from which the server makes a name.
      namespace string The namespace.
      labels map What selectors look at.
      annotations map Notes for programs.
      uid string The identity, never used twice.
      resourceVersion string Changes with every write.
      generation integer Changes when the wanted state changes.
      creationTimestamp string When it was created.
      deletionTimestamp string When its deletion was asked for.
      finalizers []string Who must agree before it goes.
      ownerReferences []object With whom it goes.
      managedFields []object Who set which fields.
    LabelSelector: A condition on labels; all parts must hold.
      matchLabels map Labels with these values.
      matchExpressions []object In, NotIn, Exists or DoesNotExist.
    Condition: One thing that is so or not.
      type string What it is about.
      status string True, False or Unknown.
      reason string Why, in one word.
      message string Why, in a sentence.
      lastTransitionTime string Since when.
    Service: A stable name and address for a set of pods.
      spec ServiceSpec What is wanted.
    ServiceSpec: The wanted state of a Service.
      type string ClusterIP, NodePort, LoadBalancer or ExternalName.
      selector map The labels of the pods behind it.
      ports []ServicePort What it listens on.
      clusterIP string Its address; None makes it headless.
      externalTrafficPolicy string Cluster or Local.
    ServicePort: A port of a Service.
      port integer The number.
      targetPort intOrString The port of the pods.
      nodePort integer The port of the nodes.
      name string Its name.
      protocol string TCP, UDP or SCTP.
    ConfigMap: Configuration that is no secret.
      data map Texts by name.
      binaryData map Bytes by name, in base64.
      immutable boolean Whether it never changes.
    Secret: Configuration that is a secret.
      data map Bytes by name, in base64.
      stringData map Texts by name; the server moves them to data.
      type string What it holds.
      immutable boolean Whether it never changes.
    Namespace: A part of the cluster with names of its own.
      spec object Its finalizers.
      status object Active or Terminating.
    Node: A machine that runs pods.
      spec NodeSpec What is wanted.
      status NodeStatus What was observed last.
    NodeSpec: The wanted state of a node.
      podCIDR string The addresses of its pods.
      taints []object What keeps pods away.
      unschedulable boolean Whether it takes no new pods.
    NodeStatus: The observed state of a node.
      conditions []Condition Ready and the pressures.
      addresses []object Its addresses.
      capacity map What it has.
      allocatable map What pods may use of it.
    """
}
