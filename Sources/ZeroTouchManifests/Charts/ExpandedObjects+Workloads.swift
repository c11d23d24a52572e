import ZeroTouchModel

/// Workloads: what the short form of a Deployment, DaemonSet or StatefulSet stands for.
extension ExpandedObjects {
  static func workload(_ part: JSONValue, _ scope: CatalogueScope) -> JSONValue {
    let kind = part["kind"]?.stringValue ?? "Deployment"
    let selector = part["selector"] ?? [:]
    let labels = selector.overlaid(with: part["labels"] ?? [:])
    var spec: JSONValue = [
      "selector": ["matchLabels": selector],
      "template": ["metadata": ["labels": labels], "spec": pod(part)],
    ]
    if kind != "DaemonSet" { spec["replicas"] = part["replicas"] ?? 1 }
    if kind == "StatefulSet" {
      spec["serviceName"] = part["serviceName"] ?? part["name"]
      spec["podManagementPolicy"] = part["podManagementPolicy"]
      let claims = (part["claims"]?.arrayValue ?? []).map(claim)
      if !claims.isEmpty { spec["volumeClaimTemplates"] = .array(claims) }
    }
    spec["strategy"] = part["strategy"]
    return [
      "apiVersion": "apps/v1", "kind": .string(kind),
      "metadata": ["name": part["name"] ?? "", "namespace": .string(scope.namespace), "labels": labels],
      "spec": spec,
    ]
  }

  private static func pod(_ part: JSONValue) -> JSONValue {
    var container: JSONValue = ["name": part["container"] ?? part["name"] ?? "", "image": part["image"] ?? ""]
    container["args"] = part["args"]
    let ports = (part["ports"]?.objectValue ?? [:]).sorted { $0.key < $1.key }
    if !ports.isEmpty {
      container["ports"] = .array(
        ports.map { ["name": .string($0.key), "containerPort": $0.value, "protocol": "TCP"] })
    }
    container["env"] = part["env"]
    var pod: JSONValue = ["containers": .array([container] + (part["sidecars"]?.arrayValue ?? []))]
    for field in [
      "serviceAccountName", "hostNetwork", "tolerations", "nodeSelector", "affinity", "priorityClassName", "volumes",
    ] {
      if let value = part[field], value.arrayValue?.isEmpty != true, value.objectValue?.isEmpty != true {
        pod[field] = value
      }
    }
    if let initContainer = part["initContainer"] { pod["initContainers"] = [initContainer] }
    return pod
  }

  private static func claim(_ part: JSONValue) -> JSONValue {
    [
      "metadata": ["name": part["name"] ?? ""],
      "spec": ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": part["size"] ?? "1Gi"]]],
    ]
  }
}
