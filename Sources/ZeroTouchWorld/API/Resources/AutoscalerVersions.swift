import ZeroTouchModel

/// The two versions of HorizontalPodAutoscaler: the older one knows the processor's load only.
enum AutoscalerVersions {
  static let resource = GroupResource("horizontalpodautoscalers", "autoscaling")

  private static let newer = "v2"

  /// An autoscaler that was sent in the older version as it is stored, in the newer one; the write goes on in that.
  ///
  /// What the older version cannot say stays as it is in the live object.
  static func converted(_ object: JSONValue, _ write: inout ObjectWrite, over live: JSONValue? = nil) -> JSONValue {
    guard write.type.id == resource, write.version != newer else { return object }
    write.version = newer
    var result = object
    result["apiVersion"] = .string(write.apiVersion)
    if result["spec"] == nil { return result }
    let load = object[path: "spec", "targetCPUUtilizationPercentage"]
    result[path: "spec", "targetCPUUtilizationPercentage"] = nil
    var metrics = (live?[path: "spec", "metrics"]?.arrayValue ?? []).filter { !isProcessorLoad($0) }
    if let load, !load.isNull {
      metrics.insert(
        [
          "type": "Resource",
          "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": load]],
        ], at: 0)
    }
    if !metrics.isEmpty { result[path: "spec", "metrics"] = .array(metrics) }
    if let behavior = live?[path: "spec", "behavior"] { result[path: "spec", "behavior"] = behavior }
    return result
  }

  private static func isProcessorLoad(_ metric: JSONValue) -> Bool {
    metric[path: "resource", "name"] == "cpu" && metric[path: "resource", "target", "type"] == "Utilization"
  }

  /// A stored object as the older version shows it.
  static func version1(_ object: JSONValue) -> JSONValue {
    var result = object
    let metrics = object[path: "spec", "metrics"]?.arrayValue ?? []
    for field in ["metrics", "behavior"] { result[path: "spec", field] = nil }
    let load = metrics.first(where: isProcessorLoad)?[path: "resource", "target", "averageUtilization"]
    if let load { result[path: "spec", "targetCPUUtilizationPercentage"] = load }
    return result
  }
}
