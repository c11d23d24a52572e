import ZeroTouchModel

extension ObjectRules {
  /// What a built-in kind demands of its own fields.
  func kindCauses(_ object: JSONValue, _ old: JSONValue?) -> [APIFailure.Cause] {
    switch type.id {
    case .deployments, .daemonSets, .statefulSets, .replicaSets: workloadCauses(object, old)
    case .customResourceDefinitions: definitionCauses(object)
    case .secrets, .configMaps: immutableCauses(object, old)
    case .services: serviceCauses(object["spec"] ?? [:])
    case .pods: containerCauses(object["spec"] ?? [:], "spec")
    case .jobs: jobCauses(object["spec"] ?? [:], "spec", old?["spec"])
    case GroupResource("cronjobs", "batch"): cronJobCauses(object["spec"] ?? [:])
    default: []
    }
  }

  private func workloadCauses(_ object: JSONValue, _ old: JSONValue?) -> [APIFailure.Cause] {
    let spec = object["spec"] ?? [:]
    guard let selector = spec["selector"] else { return [.required("spec.selector")] }
    if let before = old?[path: "spec", "selector"], before != selector {
      return [.invalid("spec.selector", selector, "field is immutable")]
    }
    var causes: [APIFailure.Cause] = []
    if let replicas = spec["replicas"]?.intValue, replicas < 0 {
      causes.append(.invalid("spec.replicas", JSONValue(replicas), "must be greater than or equal to 0"))
    }
    let labels = spec[path: "template", "metadata", "labels"]
    if !LabelSelector(object: selector).matches(labels?.stringMap ?? [:]) {
      causes.append(
        .invalid("spec.template.metadata.labels", labels ?? [:], "`selector` does not match template `labels`"))
    }
    return causes + containerCauses(spec[path: "template", "spec"] ?? [:], "spec.template.spec")
  }

  private func containerCauses(_ spec: JSONValue, _ path: String) -> [APIFailure.Cause] {
    let containers = spec["containers"]?.arrayValue ?? []
    if containers.isEmpty { return [.required("\(path).containers")] }
    return containers.enumerated().flatMap { index, container -> [APIFailure.Cause] in
      ["name", "image"].filter { (container[$0]?.stringValue ?? "").isEmpty }
        .map { .required("\(path).containers[\(index)].\($0)") }
    }
  }

  private func serviceCauses(_ spec: JSONValue) -> [APIFailure.Cause] {
    let types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"]
    let kind = spec["type"]?.stringValue ?? "ClusterIP"
    guard types.contains(kind) else { return [.unsupported("spec.type", kind, types)] }
    let needsPorts = kind != "ExternalName" && spec["clusterIP"]?.stringValue != "None"
    return needsPorts && (spec["ports"]?.arrayValue ?? []).isEmpty ? [.required("spec.ports")] : []
  }

  private func jobCauses(_ spec: JSONValue, _ path: String, _ old: JSONValue?) -> [APIFailure.Cause] {
    let pod = spec[path: "template", "spec"] ?? [:]
    if let before = old?["template"], before != spec["template"] {
      return [.invalid("\(path).template", spec["template"] ?? [:], "field is immutable")]
    }
    var causes = containerCauses(pod, "\(path).template.spec")
    if pod["restartPolicy"]?.stringValue ?? "Always" == "Always" {
      causes.append(.required("\(path).template.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\""))
    }
    return causes
  }

  private func cronJobCauses(_ spec: JSONValue) -> [APIFailure.Cause] {
    var causes: [APIFailure.Cause] = []
    let schedule = spec["schedule"]?.stringValue ?? ""
    if schedule.isEmpty { causes.append(.required("spec.schedule")) }
    let fields = schedule.split(separator: " ")
    if !schedule.isEmpty, !schedule.hasPrefix("@"), fields.count != 5 {
      causes.append(
        .invalid("spec.schedule", .string(schedule), "expected exactly 5 fields, found \(fields.count): [\(schedule)]"))
    }
    return causes + jobCauses(spec[path: "jobTemplate", "spec"] ?? [:], "spec.jobTemplate.spec", nil)
  }
}
