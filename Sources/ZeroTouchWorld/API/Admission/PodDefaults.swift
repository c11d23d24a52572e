import ZeroTouchModel

/// What the server fills into pods and pod templates.
enum PodDefaults {
  /// Completes the template of a workload's spec.
  static func apply(toTemplateOf spec: inout JSONValue) {
    guard var pod = spec[path: "template", "spec"] else { return }
    apply(to: &pod)
    spec[path: "template", "spec"] = pod
  }

  /// Completes the spec of a pod.
  static func apply(to spec: inout JSONValue) {
    for (name, value): (String, JSONValue) in [
      ("restartPolicy", "Always"), ("dnsPolicy", "ClusterFirst"), ("schedulerName", "default-scheduler"),
      ("terminationGracePeriodSeconds", 30), ("securityContext", [:]),
    ] { Defaults.set(name, value, in: &spec) }
    if let account = spec["serviceAccountName"] { spec["serviceAccount"] = account }
    for list in ["containers", "initContainers"] {
      guard let containers = spec[list]?.arrayValue else { continue }
      spec[list] = .array(containers.map(container))
    }
    if let volumes = spec["volumes"]?.arrayValue { spec["volumes"] = .array(volumes.map(volume)) }
  }

  private static func container(_ declared: JSONValue) -> JSONValue {
    var container = declared
    let image = container["image"]?.stringValue ?? ""
    let tag = image.split(separator: "/").last.map(String.init) ?? ""
    let isLatest = !image.contains("@") && (!tag.contains(":") || tag.hasSuffix(":latest"))
    for (name, value): (String, JSONValue) in [
      ("imagePullPolicy", isLatest ? "Always" : "IfNotPresent"), ("resources", [:]),
      ("terminationMessagePath", "/dev/termination-log"), ("terminationMessagePolicy", "File"),
    ] { Defaults.set(name, value, in: &container) }
    if let ports = container["ports"]?.arrayValue {
      container["ports"] = .array(
        ports.map { declared in
          var port = declared
          Defaults.set("protocol", "TCP", in: &port)
          return port
        })
    }
    for name in ["livenessProbe", "readinessProbe", "startupProbe"] {
      if let probe = container[name] { container[name] = Self.probe(probe) }
    }
    return container
  }

  private static func probe(_ declared: JSONValue) -> JSONValue {
    var probe = declared
    for (name, value): (String, JSONValue) in [
      ("timeoutSeconds", 1), ("periodSeconds", 10), ("successThreshold", 1), ("failureThreshold", 3),
    ] { Defaults.set(name, value, in: &probe) }
    if probe["httpGet"] != nil, probe[path: "httpGet", "scheme"] == nil { probe[path: "httpGet", "scheme"] = "HTTP" }
    return probe
  }

  private static func volume(_ declared: JSONValue) -> JSONValue {
    var volume = declared
    for source in ["secret", "configMap", "projected", "downwardAPI"] where volume[source]?.objectValue != nil {
      if volume[path: source, "defaultMode"] == nil { volume[path: source, "defaultMode"] = 420 }
    }
    if volume["hostPath"]?.objectValue != nil, volume[path: "hostPath", "type"] == nil {
      volume[path: "hostPath", "type"] = ""
    }
    return volume
  }

  /// The quality of service that a pod's requests and limits give it.
  static func quality(_ spec: JSONValue) -> String {
    let resources = (spec["containers"]?.arrayValue ?? []).map { $0["resources"] ?? [:] }
    if resources.allSatisfy({ $0["limits"] == nil && $0["requests"] == nil }) { return "BestEffort" }
    let isGuaranteed = resources.allSatisfy { resource in
      guard let limits = resource["limits"], limits["cpu"] != nil, limits["memory"] != nil else { return false }
      return (resource["requests"] ?? limits) == limits
    }
    return isGuaranteed ? "Guaranteed" : "Burstable"
  }
}
