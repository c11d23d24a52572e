import ZeroTouchManifests
import ZeroTouchModel

/// Which fields the kinds have that Compositions make: the built-in ones, and those whose definitions lie here.
struct ComposedFields {
  private var schemas: [GroupKind: [String: LocatedYAML]] = [:]

  init(_ survey: Survey) {
    for definition in survey.manifests(ofKind: "CustomResourceDefinition") {
      guard let kind = Provisions.definition(definition) else { continue }
      for version in definition["spec", "versions"]?.items ?? [] {
        guard let name = version["name"]?.text, let schema = version["schema"]?["openAPIV3Schema"],
          schema["properties"]?["spec"] != nil
        else { continue }
        schemas[kind, default: [:]][name] = schema
      }
    }
  }

  /// Whether objects like this one have no such field; what is not known they may have.
  func lack(_ path: FieldPath, in object: Manifest) -> Bool {
    let names = path.segments.map { segment in
      if case .field(let name) = segment { name } else { "" }
    }
    guard let top = names.first, !top.isEmpty else { return false }
    if top == "metadata" { return names.count > 1 && !Self.metadata.contains(names[1]) }
    if ["apiVersion", "kind"].contains(top) { return false }
    if let schema = schemas[object.groupKind]?[object.version] {
      guard top == "spec", case .missing = SchemaField(path, in: schema) else { return false }
      return true
    }
    return Self.lack(names, object)
  }

  private static func lack(_ names: [String], _ object: Manifest) -> Bool {
    guard let fields = builtIn[object.groupKind.description] else { return false }
    if fields.isData { return !fields.names.contains(names[0]) }
    guard names[0] == "spec" else { return names[0] != "status" }
    guard names.count > 1 else { return false }
    guard fields.names.contains(names[1]) else { return true }
    guard names[1] == "template", fields.names.contains("selector"), names.count > 2 else { return false }
    if names[2] == "metadata" { return names.count > 3 && !metadata.contains(names[3]) }
    guard names[2] == "spec" else { return true }
    return names.count > 3 && lackInPod(Array(names.dropFirst(3)))
  }

  private static func lackInPod(_ names: [String]) -> Bool {
    guard pod.contains(names[0]) else { return true }
    // Behind the name of the list comes the place in it.
    guard ["containers", "initContainers"].contains(names[0]), names.count > 2, names[1].isEmpty else { return false }
    return !container.contains(names[2])
  }
}

extension ComposedFields {
  private struct Fields {
    let names: Set<String>
    /// Whether they stand at the top, and not below `spec`.
    var isData = false
  }

  private static let metadata: Set<String> = [
    "name", "namespace", "generateName", "labels", "annotations", "finalizers", "ownerReferences",
  ]

  private static let builtIn: [String: Fields] = [
    "Deployment.apps": Fields(names: [
      "replicas", "selector", "template", "strategy", "minReadySeconds", "revisionHistoryLimit", "paused",
      "progressDeadlineSeconds",
    ]),
    "StatefulSet.apps": Fields(names: [
      "replicas", "selector", "template", "serviceName", "volumeClaimTemplates", "podManagementPolicy",
      "updateStrategy", "revisionHistoryLimit", "minReadySeconds", "persistentVolumeClaimRetentionPolicy", "ordinals",
    ]),
    "DaemonSet.apps": Fields(names: [
      "selector", "template", "updateStrategy", "minReadySeconds", "revisionHistoryLimit",
    ]),
    "Service": Fields(names: [
      "ports", "selector", "type", "clusterIP", "clusterIPs", "externalIPs", "sessionAffinity", "loadBalancerIP",
      "loadBalancerSourceRanges", "loadBalancerClass", "externalName", "externalTrafficPolicy", "internalTrafficPolicy",
      "healthCheckNodePort", "publishNotReadyAddresses", "sessionAffinityConfig", "ipFamilies", "ipFamilyPolicy",
      "allocateLoadBalancerNodePorts", "trafficDistribution",
    ]),
    "PersistentVolumeClaim": Fields(names: [
      "accessModes", "selector", "resources", "volumeName", "storageClassName", "volumeMode", "dataSource",
      "dataSourceRef", "volumeAttributesClassName",
    ]),
    "Ingress.networking.k8s.io": Fields(names: ["ingressClassName", "defaultBackend", "tls", "rules"]),
    "NetworkPolicy.networking.k8s.io": Fields(names: ["podSelector", "ingress", "egress", "policyTypes"]),
    "PodDisruptionBudget.policy": Fields(names: [
      "minAvailable", "maxUnavailable", "selector", "unhealthyPodEvictionPolicy",
    ]),
    "HorizontalPodAutoscaler.autoscaling": Fields(names: [
      "scaleTargetRef", "minReplicas", "maxReplicas", "metrics", "behavior", "targetCPUUtilizationPercentage",
    ]),
    "CronJob.batch": Fields(names: [
      "schedule", "timeZone", "startingDeadlineSeconds", "concurrencyPolicy", "suspend", "jobTemplate",
      "successfulJobsHistoryLimit", "failedJobsHistoryLimit",
    ]),
    "ConfigMap": Fields(names: ["data", "binaryData", "immutable"], isData: true),
    "Secret": Fields(names: ["data", "stringData", "type", "immutable"], isData: true),
    "ServiceAccount": Fields(names: ["secrets", "imagePullSecrets", "automountServiceAccountToken"], isData: true),
  ]

  private static let pod: Set<String> = [
    "activeDeadlineSeconds", "affinity", "automountServiceAccountToken", "containers", "dnsConfig", "dnsPolicy",
    "enableServiceLinks", "ephemeralContainers", "hostAliases", "hostIPC", "hostNetwork", "hostPID", "hostUsers",
    "hostname", "hostnameOverride", "imagePullSecrets", "initContainers", "nodeName", "nodeSelector", "os", "overhead",
    "preemptionPolicy", "priority", "priorityClassName", "readinessGates", "resourceClaims", "resources",
    "restartPolicy", "runtimeClassName", "schedulerName", "schedulingGates", "securityContext", "serviceAccount",
    "serviceAccountName", "setHostnameAsFQDN", "shareProcessNamespace", "subdomain", "terminationGracePeriodSeconds",
    "tolerations", "topologySpreadConstraints", "volumes", "workloadRef",
  ]

  private static let container: Set<String> = [
    "args", "command", "env", "envFrom", "image", "imagePullPolicy", "lifecycle", "livenessProbe", "name", "ports",
    "readinessProbe", "resizePolicy", "resources", "restartPolicy", "restartPolicyRules", "securityContext",
    "startupProbe", "stdin", "stdinOnce", "terminationMessagePath", "terminationMessagePolicy", "tty",
    "volumeDevices", "volumeMounts", "workingDir",
  ]
}
