import ZeroTouchManifests
import ZeroTouchModel

/// What a pod template needs before its pods can start.
struct PodNeeds {
  private let namespace: String?
  private let base: [String]
  private let spec: LocatedYAML?

  init(_ manifest: Manifest, _ namespace: String?) {
    self.namespace = namespace
    base =
      switch manifest.kind {
      case "Pod": ["spec"]
      case "CronJob": ["spec", "jobTemplate", "spec", "template", "spec"]
      default: ["spec", "template", "spec"]
      }
    spec = manifest.body.node(at: base)
  }

  var all: [Need] {
    guard let spec else { return [] }
    var needs = volumes(spec) + account(spec) + pullSecrets(spec)
    for list in ["initContainers", "containers"] {
      for (index, container) in (spec[list]?.items ?? []).enumerated() {
        needs += environment(container, base + [list, String(index)])
      }
    }
    return needs
  }

  private func account(_ spec: LocatedYAML) -> [Need] {
    var needs: [Need] = []
    if let name = spec["serviceAccountName"]?.text, name != "default", !name.isEmpty {
      let kind = GroupKind(group: "", kind: "ServiceAccount")
      needs.append(Need(.object(kind, namespace: namespace, name: name), at: base + ["serviceAccountName"]))
    }
    if let name = spec["priorityClassName"]?.text, !name.hasPrefix("system-"), !name.isEmpty {
      let kind = GroupKind(group: "scheduling.k8s.io", kind: "PriorityClass")
      needs.append(Need(.object(kind, namespace: nil, name: name), at: base + ["priorityClassName"]))
    }
    return needs
  }

  private func pullSecrets(_ spec: LocatedYAML) -> [Need] {
    (spec["imagePullSecrets"]?.items ?? []).enumerated().compactMap { index, secret in
      guard let name = secret["name"]?.text, !name.isEmpty else { return nil }
      return Need(.secret(name, in: namespace), at: base + ["imagePullSecrets", String(index)])
    }
  }

  private func environment(_ container: LocatedYAML, _ path: [String]) -> [Need] {
    var needs: [Need] = []
    for (index, variable) in (container["env"]?.items ?? []).enumerated() {
      guard let source = variable["valueFrom"] else { continue }
      let place = path + ["env", String(index), "valueFrom"]
      needs += reference(source["secretKeyRef"], name: "name", Capability.secret, place + ["secretKeyRef"])
      needs += reference(source["configMapKeyRef"], name: "name", Capability.configMap, place + ["configMapKeyRef"])
    }
    for (index, source) in (container["envFrom"]?.items ?? []).enumerated() {
      let place = path + ["envFrom", String(index)]
      needs += reference(source["secretRef"], name: "name", Capability.secret, place + ["secretRef"])
      needs += reference(source["configMapRef"], name: "name", Capability.configMap, place + ["configMapRef"])
    }
    return needs
  }

  private func volumes(_ spec: LocatedYAML) -> [Need] {
    var needs: [Need] = []
    for (index, volume) in (spec["volumes"]?.items ?? []).enumerated() {
      let place = base + ["volumes", String(index)]
      needs += reference(volume["secret"], name: "secretName", Capability.secret, place + ["secret"])
      needs += reference(volume["configMap"], name: "name", Capability.configMap, place + ["configMap"])
      for (number, source) in (volume["projected"]?["sources"]?.items ?? []).enumerated() {
        let place = place + ["projected", "sources", String(number)]
        needs += reference(source["secret"], name: "name", Capability.secret, place)
        needs += reference(source["configMap"], name: "name", Capability.configMap, place)
      }
    }
    return needs
  }

  /// A Secret or ConfigMap that has to be there; an optional one has not.
  private func reference(
    _ node: LocatedYAML?, name key: String, _ capability: (String, String?) -> Capability, _ path: [String]
  ) -> [Need] {
    guard let node, let name = node[key]?.text, node["optional"]?.scalar != .bool(true) else { return [] }
    return [Need(capability(name, namespace), at: path + [key])]
  }
}
