package import ZeroTouchModel

/// The rendered Cilium as far as a bootstrap relies on it: what gates look for, what machines are told, and what must
/// not stand in a machine configuration.
package struct CiliumManifest: Sendable {
  private let objects: [JSONValue]

  package init(_ objects: [JSONValue]) { self.objects = objects }

  /// Reads the output of `helm template`.
  package init(text: String, file: String) throws(InvalidInput) {
    self.init(try YAMLDocuments.parse(text, file: file))
  }

  /// Everything that a gate, a machine or Argo CD would stumble over, each with the value of the chart to set.
  package func problems(for gateway: Network.Gateway = .hostNetwork) -> [Diagnostic] {
    agentProblems + operatorProblems + gatewayProblems + configurationProblems(gateway) + namespaceProblems
      + keyProblems
  }

  private var agentProblems: [Diagnostic] {
    guard let agents = object("DaemonSet", "cilium", in: "kube-system") else {
      return [missing("DaemonSet `kube-system/cilium`", "take the chart `cilium`, rendered into `kube-system`")]
    }
    return selectorProblems(agents, "DaemonSet `cilium`", ["k8s-app": "cilium"])
      + addressProblems(agents, "cilium-agent", of: "DaemonSet `cilium`")
  }

  private var operatorProblems: [Diagnostic] {
    guard let operators = object("Deployment", "cilium-operator", in: "kube-system") else {
      return [missing("Deployment `kube-system/cilium-operator`", "leave `operator.enabled` as it is")]
    }
    let title = "Deployment `cilium-operator`"
    var problems =
      selectorProblems(operators, title, ["io.cilium/app": "operator", "name": "cilium-operator"])
      + addressProblems(operators, "cilium-operator", of: title)
    let replicas = operators[path: "spec", "replicas"]?.intValue
    if replicas != 2 {
      problems.append(
        problem(
          "\(title) has \(replicas.map { "\($0)" } ?? "no number of") replicas; the gates count on 2, of which the second waits for a second node",
          "set `operator.replicas: 2`"))
    }
    if !Self.keepsReplicasApart(operators) {
      problems.append(
        problem(
          "the replicas of \(title) may share a node: no required anti-affinity on `kubernetes.io/hostname`",
          "leave `operator.affinity` as it is"))
    }
    let annotation = operators[path: "metadata", "annotations", "argocd.argoproj.io/ignore-healthcheck"]
    if annotation != "true" {
      problems.append(
        problem(
          "\(title) counts for the health of its Application, which its second replica spoils while there is one node",
          "set `operator.annotations: {argocd.argoproj.io/ignore-healthcheck: \"true\"}`"))
    }
    return problems
  }

  private var gatewayProblems: [Diagnostic] {
    guard let found = object("GatewayClass", "cilium", in: nil) else {
      return [
        missing(
          "GatewayClass `cilium`", "set `gatewayAPI: {enabled: true, gatewayClass: {create: \"true\"}}`, a string")
      ]
    }
    let controller = found[path: "spec", "controllerName"]?.stringValue ?? "nobody"
    guard controller != "io.cilium/gateway-controller" else { return [] }
    return [
      problem(
        "GatewayClass `cilium` is for `\(controller)`, whom nobody starts", "leave the name of the controller as it is")
    ]
  }

  private func configurationProblems(_ gateway: Network.Gateway) -> [Diagnostic] {
    guard let data = object("ConfigMap", "cilium-config", in: "kube-system")?["data"] else {
      return [missing("ConfigMap `kube-system/cilium-config`", "take the chart `cilium`")]
    }
    let wanted = [
      ("kube-proxy-replacement", "true", "kubeProxyReplacement: true"),
      ("enable-gateway-api", "true", "gatewayAPI.enabled: true"), ("ipam", "kubernetes", "ipam.mode: kubernetes"),
    ]
    return (wanted + Self.addressing(gateway)).filter { data[$0.0]?.stringValue ?? "false" != $0.1 }.map {
      key, value, setting in
      problem(
        "`\(key)` is `\(data[key]?.stringValue ?? "")` in ConfigMap `cilium-config`, and machines of this configuration need `\(value)`",
        "set `\(setting)`")
    }
  }

  /// Where the Gateway's address comes from, which the spec decides.
  private static func addressing(_ gateway: Network.Gateway) -> [(String, String, String)] {
    let announces = gateway.mode == .l2
    return [
      ("gateway-api-hostnetwork-enabled", "\(!announces)", "gatewayAPI.hostNetwork.enabled: \(!announces)"),
      ("enable-l2-announcements", "\(announces)", "l2announcements.enabled: \(announces)"),
    ]
  }

  /// Talos makes no namespace that no manifest holds.
  private var namespaceProblems: [Diagnostic] {
    let used = Set(objects.compactMap { $0[path: "metadata", "namespace"]?.stringValue })
    return used.subtracting(["kube-system", "default"]).sorted().filter { object("Namespace", $0, in: nil) == nil }.map
    {
      problem("objects lie in namespace `\($0)`, and no manifest makes it", "let the chart make the namespace")
    }
  }

  /// Generated keys would be others in every rendering, and stand in the machine configuration.
  private var keyProblems: [Diagnostic] {
    objects.filter { $0["kind"]?.stringValue == "Secret" }.compactMap { secret in
      let data = (secret["data"]?.objectValue ?? [:]).merging(secret["stringData"]?.objectValue ?? [:]) { $1 }
      guard data.keys.contains(where: { $0.hasSuffix(".key") }) else { return nil }
      return problem(
        "Secret `\(secret[path: "metadata", "name"]?.stringValue ?? "?")` holds a generated private key",
        "set `hubble.enabled: false`, or `hubble.tls.auto.method: cronJob`")
    }
  }
}

extension CiliumManifest {
  private func object(_ kind: String, _ name: String, in namespace: String?) -> JSONValue? {
    objects.first {
      $0["kind"]?.stringValue == kind && $0[path: "metadata", "name"]?.stringValue == name
        && $0[path: "metadata", "namespace"]?.stringValue == namespace
    }
  }

  /// Gates find pods by these labels, and a controller finds its own by its selector.
  private func selectorProblems(_ workload: JSONValue, _ title: String, _ labels: [String: String]) -> [Diagnostic] {
    let pods = workload[path: "spec", "template", "metadata", "labels"]?.stringMap ?? [:]
    let selector = workload[path: "spec", "selector", "matchLabels"]?.stringMap ?? [:]
    return labels.sorted { $0.key < $1.key }.filter { selector[$0.key] != $0.value || pods[$0.key] != $0.value }.map {
      problem("\(title) does not select pods by `\($0.key): \($0.value)`", "leave its labels as the chart has them")
    }
  }

  /// Without kube-proxy the API's own service cannot be reached before Cilium runs: KubePrism answers on every node.
  private func addressProblems(_ workload: JSONValue, _ name: String, of title: String) -> [Diagnostic] {
    let containers = workload[path: "spec", "template", "spec", "containers"]?.arrayValue ?? []
    guard let container = containers.first(where: { $0["name"]?.stringValue == name }) else {
      return [problem("\(title) has no container `\(name)`", "take the chart `cilium`")]
    }
    let variables = Dictionary(
      (container["env"]?.arrayValue ?? []).compactMap { variable in
        variable["name"]?.stringValue.map { ($0, variable["value"]?.stringValue ?? "") }
      }, uniquingKeysWith: { $1 })
    let host = variables["KUBERNETES_SERVICE_HOST"] ?? ""
    let port = variables["KUBERNETES_SERVICE_PORT"] ?? ""
    guard !["localhost", "127.0.0.1"].contains(host) || port != "7445" else { return [] }
    return [
      problem(
        "\(title) looks for the Kubernetes API at `\(host):\(port)`, and Talos's KubePrism answers at `localhost:7445`",
        "set `k8sServiceHost: localhost` and `k8sServicePort: 7445`")
    ]
  }

  private static func keepsReplicasApart(_ workload: JSONValue) -> Bool {
    let spec = workload[path: "spec", "template", "spec", "affinity", "podAntiAffinity"]
    let terms = spec?["requiredDuringSchedulingIgnoredDuringExecution"]?.arrayValue ?? []
    return terms.contains { term in
      term["topologyKey"] == "kubernetes.io/hostname"
        && term[path: "labelSelector", "matchLabels", "io.cilium/app"] == "operator"
    }
  }

  private func missing(_ what: String, _ remedy: String) -> Diagnostic { problem("no \(what) is rendered", remedy) }

  private func problem(_ message: String, _ remedy: String) -> Diagnostic {
    Diagnostic(message, remedy: "\(remedy), in bootstrap/cilium/values.yaml")
  }
}
