import ZeroTouchModel

/// What admission adds to a pod that the template does not say.
enum PodAdmission {
  /// Account, priority, default tolerations and the account's token.
  static func complete(_ spec: inout JSONValue, name: String) {
    Defaults.set("enableServiceLinks", true, in: &spec)
    Defaults.set("serviceAccountName", "default", in: &spec)
    spec["serviceAccount"] = spec["serviceAccountName"]
    Defaults.set("preemptionPolicy", "PreemptLowerPriority", in: &spec)
    Defaults.set("priority", priority(of: spec["priorityClassName"]?.stringValue), in: &spec)
    addNodeTolerations(to: &spec)
    mountToken(in: &spec, name: name)
  }

  /// Binds a pod to one node by affinity, as the DaemonSet controller does; other terms keep their say.
  static func pin(_ spec: inout JSONValue, to node: String) {
    spec[path: "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"] = [
      "nodeSelectorTerms": [
        ["matchFields": [["key": "metadata.name", "operator": "In", "values": [.string(node)]]]]
      ]
    ]
  }

  private static func priority(of name: String?) -> JSONValue {
    switch name {
    case "system-node-critical": 2_000_001_000
    case "system-cluster-critical": 2_000_000_000
    default: 0
    }
  }

  private static func addNodeTolerations(to spec: inout JSONValue) {
    var list = spec["tolerations"]?.arrayValue ?? []
    for key in [Taint.notReady, Taint.unreachable] {
      let taint = Taint(key, .noExecute)
      if list.contains(where: { Toleration($0).tolerates(taint) }) { continue }
      list.append(["key": .string(key), "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300])
    }
    spec["tolerations"] = .array(list)
  }

  private static func mountToken(in spec: inout JSONValue, name: String) {
    guard spec["automountServiceAccountToken"] != false else { return }
    let path: JSONValue = "/var/run/secrets/kubernetes.io/serviceaccount"
    let volume = "kube-api-access-" + NameSuffix.text(NameSource.fnv1a(name))
    for list in ["containers", "initContainers"] {
      guard let containers = spec[list]?.arrayValue else { continue }
      spec[list] = .array(
        containers.map { declared in
          var container = declared
          let mounts = container["volumeMounts"]?.arrayValue ?? []
          if mounts.contains(where: { $0["mountPath"] == path }) { return container }
          container["volumeMounts"] = .array(
            mounts + [["name": .string(volume), "mountPath": path, "readOnly": true]])
          return container
        })
    }
    spec["volumes"] = .array((spec["volumes"]?.arrayValue ?? []) + [tokenVolume(volume)])
  }

  private static func tokenVolume(_ name: String) -> JSONValue {
    let certificate: JSONValue = ["name": "kube-root-ca.crt", "items": [["key": "ca.crt", "path": "ca.crt"]]]
    let namespace: JSONValue = [
      "items": [["path": "namespace", "fieldRef": ["apiVersion": "v1", "fieldPath": "metadata.namespace"]]]
    ]
    return [
      "name": .string(name),
      "projected": [
        "defaultMode": 420,
        "sources": [
          ["serviceAccountToken": ["expirationSeconds": 3607, "path": "token"]], ["configMap": certificate],
          ["downwardAPI": namespace],
        ],
      ],
    ]
  }
}
