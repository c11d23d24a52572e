import Foundation
import ZeroTouchModel

/// What the server fills in where a manifest says nothing.
enum Defaults {
  /// Completes an object of a kind.
  static func apply(to object: inout JSONValue, _ type: ResourceType, version: String, in world: World) {
    if type.isCustom {
      if let schema = type.version(version)?.schema { object = StructuralSchema(schema).defaulted(object) }
      return
    }
    switch type.id {
    case .namespaces: namespace(&object)
    case .secrets: secret(&object)
    case .services: service(&object, in: world)
    case .deployments: deployment(&object)
    case .replicaSets: replicated(&object)
    case .daemonSets: daemonSet(&object)
    case .statefulSets: statefulSet(&object)
    case .jobs: job(&object)
    case GroupResource("cronjobs", "batch"): cronJob(&object)
    case .pods: pod(&object)
    case .persistentVolumeClaims: claim(&object)
    case .customResourceDefinitions: definition(&object)
    case .storageClasses:
      set("reclaimPolicy", "Delete", in: &object)
      set("volumeBindingMode", "Immediate", in: &object)
    default: break
    }
  }

  /// Takes over what the server gave an object and a replacement without it would lose.
  static func carry(from old: JSONValue, to object: inout JSONValue, _ type: ResourceType) {
    guard type.id == .services, object[path: "spec", "type"]?.stringValue != "ExternalName" else { return }
    for name in ["clusterIP", "clusterIPs"] where object[path: "spec", name] == nil {
      object[path: "spec", name] = old[path: "spec", name]
    }
  }

  static func set(_ name: String, _ value: JSONValue, in object: inout JSONValue) {
    if object[name] == nil { object[name] = value }
  }

  private static func namespace(_ object: inout JSONValue) {
    object[path: "metadata", "labels", "kubernetes.io/metadata.name"] = object[path: "metadata", "name"]
    if object[path: "spec", "finalizers"] == nil { object[path: "spec", "finalizers"] = ["kubernetes"] }
    if object[path: "status", "phase"] == nil { object[path: "status", "phase"] = "Active" }
  }

  private static func secret(_ object: inout JSONValue) {
    set("type", "Opaque", in: &object)
    for (name, text) in object["stringData"]?.stringMap ?? [:] {
      object[path: "data", name] = .string(Data(text.utf8).base64EncodedString())
    }
    object["stringData"] = nil
  }

  private static func deployment(_ object: inout JSONValue) {
    replicated(&object)
    var spec = object["spec"] ?? [:]
    set("revisionHistoryLimit", 10, in: &spec)
    set("progressDeadlineSeconds", 600, in: &spec)
    rollingUpdate("strategy", ["maxSurge": "25%", "maxUnavailable": "25%"], in: &spec)
    object["spec"] = spec
  }

  private static func replicated(_ object: inout JSONValue) {
    var spec = object["spec"] ?? [:]
    set("replicas", 1, in: &spec)
    PodDefaults.apply(toTemplateOf: &spec)
    object["spec"] = spec
  }

  private static func daemonSet(_ object: inout JSONValue) {
    var spec = object["spec"] ?? [:]
    set("revisionHistoryLimit", 10, in: &spec)
    rollingUpdate("updateStrategy", ["maxSurge": 0, "maxUnavailable": 1], in: &spec)
    PodDefaults.apply(toTemplateOf: &spec)
    object["spec"] = spec
  }

  private static func statefulSet(_ object: inout JSONValue) {
    replicated(&object)
    var spec = object["spec"] ?? [:]
    set("revisionHistoryLimit", 10, in: &spec)
    set("podManagementPolicy", "OrderedReady", in: &spec)
    set("serviceName", "", in: &spec)
    set("persistentVolumeClaimRetentionPolicy", ["whenDeleted": "Retain", "whenScaled": "Retain"], in: &spec)
    rollingUpdate("updateStrategy", ["partition": 0], in: &spec)
    object["spec"] = spec
  }

  private static func rollingUpdate(_ name: String, _ initial: JSONValue, in spec: inout JSONValue) {
    var strategy = spec[name] ?? [:]
    set("type", "RollingUpdate", in: &strategy)
    if strategy["type"] == "RollingUpdate" {
      var update = strategy["rollingUpdate"] ?? [:]
      for (field, value) in initial.objectValue ?? [:] { set(field, value, in: &update) }
      strategy["rollingUpdate"] = update
    }
    spec[name] = strategy
  }

  private static func job(_ object: inout JSONValue) {
    var spec = object["spec"] ?? [:]
    for (name, value): (String, JSONValue) in [
      ("backoffLimit", 6), ("completions", 1), ("parallelism", 1), ("completionMode", "NonIndexed"),
      ("suspend", false), ("podReplacementPolicy", "TerminatingOrFailed"),
    ] { set(name, value, in: &spec) }
    PodDefaults.apply(toTemplateOf: &spec)
    object["spec"] = spec
  }

  private static func cronJob(_ object: inout JSONValue) {
    var spec = object["spec"] ?? [:]
    for (name, value): (String, JSONValue) in [
      ("concurrencyPolicy", "Allow"), ("suspend", false), ("successfulJobsHistoryLimit", 3),
      ("failedJobsHistoryLimit", 1),
    ] { set(name, value, in: &spec) }
    if var job = spec[path: "jobTemplate", "spec"] {
      PodDefaults.apply(toTemplateOf: &job)
      spec[path: "jobTemplate", "spec"] = job
    }
    object["spec"] = spec
  }

  private static func pod(_ object: inout JSONValue) {
    var spec = object["spec"] ?? [:]
    PodDefaults.apply(to: &spec)
    set("serviceAccountName", "default", in: &spec)
    spec["serviceAccount"] = spec["serviceAccountName"]
    set("enableServiceLinks", true, in: &spec)
    set("preemptionPolicy", "PreemptLowerPriority", in: &spec)
    set("priority", 0, in: &spec)
    object["spec"] = spec
    if object["status"] == nil {
      object["status"] = ["phase": "Pending", "qosClass": .string(PodDefaults.quality(spec))]
    }
  }

  private static func claim(_ object: inout JSONValue) {
    if object[path: "spec", "volumeMode"] == nil { object[path: "spec", "volumeMode"] = "Filesystem" }
    if object[path: "status", "phase"] == nil { object[path: "status", "phase"] = "Pending" }
  }

  private static func definition(_ object: inout JSONValue) {
    guard let names = object[path: "spec", "names"], let kind = names["kind"]?.stringValue else { return }
    if names["singular"] == nil { object[path: "spec", "names", "singular"] = .string(kind.lowercased()) }
    if names["listKind"] == nil { object[path: "spec", "names", "listKind"] = .string(kind + "List") }
    if object[path: "spec", "conversion"] == nil { object[path: "spec", "conversion"] = ["strategy": "None"] }
  }
}
