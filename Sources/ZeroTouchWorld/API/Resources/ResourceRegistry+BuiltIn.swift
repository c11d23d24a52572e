extension ResourceRegistry {
  /// What a Kubernetes API server serves by itself, in the order discovery names it.
  package static let builtIn = ResourceRegistry(builtIn: core + workloads + access + platform)

  private static let core = [
    built("v1", "bindings", "Binding", verbs: ["create"]),
    built("v1", "configmaps", "ConfigMap", ["cm"]),
    built("v1", "endpoints", "Endpoints", ["ep"], singular: "endpoints"),
    built("v1", "events", "Event", ["ev"]),
    built("v1", "limitranges", "LimitRange", ["limits"]),
    built("v1", "namespaces", "Namespace", ["ns"], cluster: true, ["status", "finalize"]),
    built("v1", "nodes", "Node", ["no"], cluster: true, ["status", "proxy"]),
    built("v1", "persistentvolumeclaims", "PersistentVolumeClaim", ["pvc"], ["status"]),
    built("v1", "persistentvolumes", "PersistentVolume", ["pv"], cluster: true, ["status"]),
    built(
      "v1", "pods", "Pod", ["po"], ["status", "log", "exec", "eviction", "binding", "attach", "portforward"],
      categories: ["all"]),
    built("v1", "podtemplates", "PodTemplate"),
    built(
      "v1", "replicationcontrollers", "ReplicationController", ["rc"], ["status", "scale"], categories: ["all"]),
    built("v1", "resourcequotas", "ResourceQuota", ["quota"], ["status"]),
    built("v1", "secrets", "Secret"),
    built("v1", "serviceaccounts", "ServiceAccount", ["sa"], ["token"]),
    built("v1", "services", "Service", ["svc"], ["status", "proxy"], categories: ["all"]),
  ]

  private static let workloads = [
    built("apps/v1", "controllerrevisions", "ControllerRevision"),
    built("apps/v1", "daemonsets", "DaemonSet", ["ds"], ["status"], categories: ["all"]),
    built("apps/v1", "deployments", "Deployment", ["deploy"], ["status", "scale"], categories: ["all"]),
    built("apps/v1", "replicasets", "ReplicaSet", ["rs"], ["status", "scale"], categories: ["all"]),
    built("apps/v1", "statefulsets", "StatefulSet", ["sts"], ["status", "scale"], categories: ["all"]),
    built(
      "autoscaling/v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", ["hpa"], ["status"],
      categories: ["all"], older: ["v1"]),
    built("batch/v1", "cronjobs", "CronJob", ["cj"], ["status"], categories: ["all"]),
    built("batch/v1", "jobs", "Job", ["job"], ["status"], categories: ["all"], singular: "job"),
  ]

  private static let access = [
    built("authentication.k8s.io/v1", "selfsubjectreviews", "SelfSubjectReview", cluster: true, verbs: ["create"]),
    built("authentication.k8s.io/v1", "tokenreviews", "TokenReview", cluster: true, verbs: ["create"]),
    built("authorization.k8s.io/v1", "localsubjectaccessreviews", "LocalSubjectAccessReview", verbs: ["create"]),
    built(
      "authorization.k8s.io/v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview", cluster: true,
      verbs: ["create"]),
    built(
      "authorization.k8s.io/v1", "selfsubjectrulesreviews", "SelfSubjectRulesReview", cluster: true, verbs: ["create"]),
    built("authorization.k8s.io/v1", "subjectaccessreviews", "SubjectAccessReview", cluster: true, verbs: ["create"]),
    built("rbac.authorization.k8s.io/v1", "clusterrolebindings", "ClusterRoleBinding", cluster: true),
    built("rbac.authorization.k8s.io/v1", "clusterroles", "ClusterRole", cluster: true),
    built("rbac.authorization.k8s.io/v1", "rolebindings", "RoleBinding"),
    built("rbac.authorization.k8s.io/v1", "roles", "Role"),
  ]

  private static let platform = [
    built(
      "certificates.k8s.io/v1", "certificatesigningrequests", "CertificateSigningRequest", ["csr"], cluster: true,
      ["status", "approval"]),
    built("networking.k8s.io/v1", "ingressclasses", "IngressClass", cluster: true),
    built("networking.k8s.io/v1", "ingresses", "Ingress", ["ing"], ["status"], singular: "ingress"),
    built("networking.k8s.io/v1", "networkpolicies", "NetworkPolicy", ["netpol"], singular: "networkpolicy"),
    built(
      "policy/v1", "poddisruptionbudgets", "PodDisruptionBudget", ["pdb"], ["status"], singular: "poddisruptionbudget"),
    built("storage.k8s.io/v1", "csidrivers", "CSIDriver", cluster: true),
    built("storage.k8s.io/v1", "csinodes", "CSINode", cluster: true),
    built("storage.k8s.io/v1", "csistoragecapacities", "CSIStorageCapacity", singular: "csistoragecapacity"),
    built("storage.k8s.io/v1", "storageclasses", "StorageClass", ["sc"], cluster: true, singular: "storageclass"),
    built("storage.k8s.io/v1", "volumeattachments", "VolumeAttachment", cluster: true, ["status"]),
    built(
      "admissionregistration.k8s.io/v1", "mutatingwebhookconfigurations", "MutatingWebhookConfiguration", cluster: true),
    built(
      "admissionregistration.k8s.io/v1", "validatingadmissionpolicies", "ValidatingAdmissionPolicy", cluster: true,
      ["status"], singular: "validatingadmissionpolicy"),
    built(
      "admissionregistration.k8s.io/v1", "validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding",
      cluster: true),
    built(
      "admissionregistration.k8s.io/v1", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration",
      cluster: true),
    built(
      "apiextensions.k8s.io/v1", "customresourcedefinitions", "CustomResourceDefinition", ["crd", "crds"],
      cluster: true, ["status"], categories: ["api-extensions"]),
    built("scheduling.k8s.io/v1", "priorityclasses", "PriorityClass", ["pc"], cluster: true, singular: "priorityclass"),
    built("coordination.k8s.io/v1", "leases", "Lease"),
    built("node.k8s.io/v1", "runtimeclasses", "RuntimeClass", cluster: true, singular: "runtimeclass"),
    built("discovery.k8s.io/v1", "endpointslices", "EndpointSlice"),
    built(
      "apiregistration.k8s.io/v1", "apiservices", "APIService", cluster: true, ["status"],
      categories: ["api-extensions"]
    ),
  ]

  /// Every verb an ordinary kind has.
  static let everyVerb = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]

  private static func built(
    _ apiVersion: String, _ plural: String, _ kind: String, _ shortNames: [String] = [], cluster: Bool = false,
    _ subresources: [String] = [], categories: [String] = [], verbs: [String] = everyVerb, singular: String? = nil,
    older: [String] = []
  ) -> ResourceType {
    let groupVersion = GroupVersion(apiVersion: apiVersion)
    return ResourceType(
      id: GroupResource(plural, groupVersion.group), kind: kind, singular: singular ?? kind.lowercased(),
      isNamespaced: !cluster, isCustom: false,
      versions: ([groupVersion.version] + older).map { ResourceType.Version(name: $0) },
      storageVersion: groupVersion.version, shortNames: shortNames, categories: categories, verbs: verbs,
      subresources: subresources, scalePaths: subresources.contains("scale") ? ScalePaths() : nil)
  }
}
