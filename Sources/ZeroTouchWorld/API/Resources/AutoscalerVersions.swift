import ZeroTouchModel

/// The two versions of HorizontalPodAutoscaler: the older one knows the processor's load only.
enum AutoscalerVersions {
  static let resource = GroupResource("horizontalpodautoscalers", "autoscaling")

  /// The object as it is stored, in the newer version.
  static func stored(_ object: JSONValue) -> JSONValue {
    var result = object
    result["apiVersion"] = "autoscaling/v2"
    guard let load = object[path: "spec", "targetCPUUtilizationPercentage"] else { return result }
    result[path: "spec", "targetCPUUtilizationPercentage"] = nil
    result[path: "spec", "metrics"] = [
      [
        "type": "Resource",
        "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": load]],
      ]
    ]
    return result
  }

  /// A stored object as the older version shows it.
  static func version1(_ object: JSONValue) -> JSONValue {
    var result = object
    let metrics = object[path: "spec", "metrics"]?.arrayValue ?? []
    result[path: "spec", "metrics"] = nil
    let load = metrics.first { $0[path: "resource", "name"] == "cpu" }?["resource"]?["target"]?["averageUtilization"]
    if let load { result[path: "spec", "targetCPUUtilizationPercentage"] = load }
    return result
  }
}
