import ZeroTouchModel

extension TableColumns {
  /// The columns of built-in kinds behind the name.
  static let builtIn = everyday.merging(platform) { first, _ in first }

  private static let everyday: [GroupResource: [Column]] = [
    .pods: [
      Column("Ready") { object, _ in .string(PodSummary(object).ready) },
      Column("Status") { object, _ in .string(PodSummary(object).status) },
      Column("Restarts") { object, _ in .string(String(PodSummary(object).restarts)) }, .age,
      text("IP", ".status.podIP", priority: 1), text("Node", ".spec.nodeName", priority: 1),
      text("Nominated Node", ".status.nominatedNodeName", priority: 1),
      Column("Readiness Gates", priority: 1) { _, _ in "<none>" },
    ],
    .nodes: [
      Column("Status") { object, _ in .string(NodeSummary(object).status) },
      Column("Roles") { object, _ in .string(NodeSummary(object).roles) }, .age,
      text("Version", ".status.nodeInfo.kubeletVersion"),
      text("Internal-IP", ".status.addresses[?(@.type==\"InternalIP\")].address", priority: 1),
      text("External-IP", ".status.addresses[?(@.type==\"ExternalIP\")].address", priority: 1),
      text("OS-Image", ".status.nodeInfo.osImage", priority: 1, none: "<unknown>"),
      text("Kernel-Version", ".status.nodeInfo.kernelVersion", priority: 1, none: "<unknown>"),
      text("Container-Runtime", ".status.nodeInfo.containerRuntimeVersion", priority: 1, none: "<unknown>"),
    ],
    .namespaces: [text("Status", ".status.phase"), .age],
    .deployments: [
      ratio("Ready", ".status.readyReplicas", ".spec.replicas"), number("Up-to-date", ".status.updatedReplicas"),
      number("Available", ".status.availableReplicas"), .age,
    ] + templateColumns,
    .replicaSets: [
      number("Desired", ".spec.replicas"), number("Current", ".status.replicas"),
      number("Ready", ".status.readyReplicas"),
      .age,
    ] + templateColumns,
    .statefulSets: [ratio("Ready", ".status.readyReplicas", ".spec.replicas"), .age] + Array(templateColumns.prefix(2)),
    .daemonSets: [
      number("Desired", ".status.desiredNumberScheduled"), number("Current", ".status.currentNumberScheduled"),
      number("Ready", ".status.numberReady"), number("Up-to-date", ".status.updatedNumberScheduled"),
      number("Available", ".status.numberAvailable"),
      Column("Node Selector") { object, _ in
        .string(pairs(object[path: "spec", "template", "spec", "nodeSelector"]))
      }, .age,
    ] + templateColumns,
    .jobs: [
      Column("Status") { object, _ in .string(JobSummary(object).status) },
      ratio("Completions", ".status.succeeded", ".spec.completions"),
      Column("Duration") { object, world in .string(JobSummary(object).duration(in: world)) }, .age,
    ] + templateColumns,
    GroupResource("cronjobs", "batch"): [
      text("Schedule", ".spec.schedule"), text("Timezone", ".spec.timeZone"),
      Column("Suspend") { object, _ in object[path: "spec", "suspend"] == true ? "True" : "False" },
      Column("Active") { object, _ in JSONValue(object[path: "status", "active"]?.arrayValue?.count ?? 0) },
      age("Last Schedule", ".status.lastScheduleTime"), .age,
      containers("Containers", "name", in: ["spec", "jobTemplate"]),
      containers("Images", "image", in: ["spec", "jobTemplate"]),
    ],
    .services: [
      text("Type", ".spec.type"), text("Cluster-IP", ".spec.clusterIP"),
      Column("External-IP") { object, _ in .string(ServiceSummary(object).externalAddress) },
      Column("Port(s)") { object, _ in .string(ServiceSummary(object).ports) }, .age,
      Column("Selector", priority: 1) { object, _ in .string(pairs(object[path: "spec", "selector"])) },
    ],
    .secrets: [text("Type", ".type"), count("Data", "data"), .age],
    .configMaps: [count("Data", "data"), .age],
    .serviceAccounts: [count("Secrets", "secrets"), .age],
    .events: [
      age("Last Seen", ".lastTimestamp", else: ".eventTime"), text("Type", ".type"), text("Reason", ".reason"),
      Column("Object") { object, _ in
        let kind = object[path: "involvedObject", "kind"]?.stringValue?.lowercased() ?? ""
        return .string("\(kind)/\(object[path: "involvedObject", "name"]?.stringValue ?? "")")
      },
      text("Subobject", ".involvedObject.fieldPath", priority: 1, none: ""),
      Column("Source", priority: 1) { object, _ in .string(eventSource(object)) }, text("Message", ".message"),
      age("First Seen", ".firstTimestamp", else: ".eventTime", priority: 1),
      Column("Count", type: "integer", priority: 1) { object, _ in object["count"] ?? 1 },
      Column("Name", priority: 1) { object, _ in object[path: "metadata", "name"] ?? "" },
    ],
    .persistentVolumeClaims: [
      text("Status", ".status.phase"), text("Volume", ".spec.volumeName", none: ""),
      text("Capacity", ".status.capacity.storage", none: ""),
      Column("Access Modes") { object, _ in .string(accessModes(object)) },
      text("StorageClass", ".spec.storageClassName", none: ""),
      text("VolumeAttributesClass", ".spec.volumeAttributesClassName", none: "<unset>"), .age,
      text("VolumeMode", ".spec.volumeMode", priority: 1, none: "<unset>"),
    ],
    .persistentVolumes: [
      text("Capacity", ".spec.capacity.storage"), Column("Access Modes") { object, _ in .string(accessModes(object)) },
      text("Reclaim Policy", ".spec.persistentVolumeReclaimPolicy"), text("Status", ".status.phase"),
      Column("Claim") { object, _ in
        guard let claim = object[path: "spec", "claimRef"] else { return "" }
        return .string("\(claim["namespace"]?.stringValue ?? "")/\(claim["name"]?.stringValue ?? "")")
      }, text("StorageClass", ".spec.storageClassName", none: ""),
      text("VolumeAttributesClass", ".spec.volumeAttributesClassName", none: "<unset>"),
      text("Reason", ".status.reason", none: ""), .age,
      text("VolumeMode", ".spec.volumeMode", priority: 1, none: "<unset>"),
    ],
    .storageClasses: [
      Column("Name") { object, _ in
        let mark = object[path: "metadata", "annotations", "storageclass.kubernetes.io/is-default-class"]
        return .string((object[path: "metadata", "name"]?.stringValue ?? "") + (mark == "true" ? " (default)" : ""))
      },
      text("Provisioner", ".provisioner"), text("ReclaimPolicy", ".reclaimPolicy"),
      text("VolumeBindingMode", ".volumeBindingMode"),
      Column("AllowVolumeExpansion") { object, _ in .bool(object["allowVolumeExpansion"] == true) }, .age,
    ],
    .customResourceDefinitions: [text("Created At", ".metadata.creationTimestamp")],
    GroupResource("priorityclasses", "scheduling.k8s.io"): [
      number("Value", ".value"), Column("Global-Default") { object, _ in .bool(object["globalDefault"] == true) }, .age,
    ],
    GroupResource("leases", "coordination.k8s.io"): [text("Holder", ".spec.holderIdentity"), .age],
  ]

  static let templateColumns = [
    containers("Containers", "name"), containers("Images", "image"),
    Column("Selector", priority: 1) { object, _ in
      .string(pairs(object[path: "spec", "selector", "matchLabels"]))
    },
  ]

  static func text(_ name: String, _ path: String, priority: Int = 0, none: String = "<none>") -> Column {
    Column(name, priority: priority) { object, _ in ColumnPath(path).value(in: object) ?? .string(none) }
  }

  static func number(_ name: String, _ path: String) -> Column {
    Column(name, type: "integer") { object, _ in ColumnPath(path).value(in: object) ?? 0 }
  }

  static func ratio(_ name: String, _ part: String, _ whole: String) -> Column {
    Column(name) { object, _ in
      let values = [part, whole].map { String(ColumnPath($0).value(in: object)?.intValue ?? 0) }
      return .string(values.joined(separator: "/"))
    }
  }

  static func count(_ name: String, _ member: String) -> Column {
    Column(name, type: "integer") { object, _ in
      JSONValue(object[member]?.objectValue?.count ?? object[member]?.arrayValue?.count ?? 0)
    }
  }

  static func age(_ name: String, _ path: String, else other: String = "", priority: Int = 0) -> Column {
    Column(name, priority: priority) { object, world in
      let value = ColumnPath(path).value(in: object)?.stringValue ?? ColumnPath(other).value(in: object)?.stringValue
      return .string(value.map { world.age(of: $0) } ?? "<none>")
    }
  }

  private static func containers(_ name: String, _ member: String, in path: [String] = []) -> Column {
    Column(name, priority: 1) { object, _ in
      let home = path.reduce(Optional(object)) { $0?[$1] }
      let list = home?[path: "spec", "template", "spec", "containers"]?.arrayValue ?? []
      return .string(list.compactMap { $0[member]?.stringValue }.joined(separator: ","))
    }
  }

  static func pairs(_ map: JSONValue?) -> String {
    let pairs = (map?.stringMap ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return pairs.isEmpty ? "<none>" : pairs.joined(separator: ",")
  }

  private static func eventSource(_ event: JSONValue) -> String {
    let component = event[path: "source", "component"] ?? event["reportingComponent"]
    let host = event[path: "source", "host"]?.stringValue.map { ", \($0)" } ?? ""
    return (component?.stringValue ?? "") + host
  }

  private static func accessModes(_ object: JSONValue) -> String {
    let short = [
      "ReadWriteOnce": "RWO", "ReadOnlyMany": "ROX", "ReadWriteMany": "RWX", "ReadWriteOncePod": "RWOP",
    ]
    let modes = (object[path: "spec", "accessModes"]?.arrayValue ?? []).compactMap(\.stringValue)
    return modes.map { short[$0] ?? $0 }.joined(separator: ",")
  }
}
