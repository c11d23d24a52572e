import ZeroTouchManifests
import ZeroTouchModel

/// Cilium beside Talos, and beside the Gateway API.
extension Rule {
  static let otherCNI = Rule(
    "ZT201", .error, "a second network beside Cilium",
    why: "Talos installs Flannel unless it is told not to: two networks give out addresses, and pods lose theirs",
    remedy: "set `cluster.network.cni.name: none`",
    example: Example(
      wrong: "cluster: {network: {podSubnets: [10.244.0.0/16]}}", right: "cluster: {network: {cni: {name: none}}}"),
    check: { survey in
      let files = survey.talosFiles
      let isSetSomewhere =
        files.contains { $0.configuration.cni == "none" } || survey.deletesTalosDocument("KubeFlannelCNIConfig")
      guard !CiliumValues.all(in: survey).isEmpty || CiliumInstallations(survey).isInstalled else { return [] }
      return files.compactMap { talos in
        guard !survey.takesCilium(talos) else { return nil }
        return talos.ownNetwork(unless: isSetSomewhere).map {
          Violation(at: $0.place, "the network is `\($0.name)` beside Cilium")
        }
      }
    })

  static let kubeProxyLeftOn = Rule(
    "ZT202", .error, "kube-proxy beside Cilium's replacement",
    why: "both write rules for the same Services, and connections break in ways that nobody can explain",
    remedy: "set `cluster.proxy.disabled: true`",
    example: Example(
      wrong: "cluster: {network: {cni: {name: none}}}",
      right: "cluster: {network: {cni: {name: none}}, proxy: {disabled: true}}"),
    check: { survey in
      let isReplaced = CiliumValues.all(in: survey).contains { $0["kubeProxyReplacement"]?.scalar == .bool(true) }
      guard isReplaced || CiliumInstallations(survey).replacesProxy else { return [] }
      let files = survey.talosFiles
      let isSetSomewhere = files.contains { !$0.configuration.isProxyEnabled }
      return files.compactMap { talos in
        talos.proxyLeftOn(unless: isSetSomewhere).map {
          Violation(at: $0, "kube-proxy is on, and Cilium replaces it")
        }
      }
    })

  static let hostDNSBehindBPF = Rule(
    "ZT214", .error, "names that are asked of the host behind Cilium's masquerading",
    why: "with `bpf.masquerade` the host's resolver cannot be reached from pods: no name outside the cluster is found",
    remedy: "set `machine.features.hostDNS.forwardKubeDNSToHost: false`",
    example: Example(
      wrong: "hostDNS: {enabled: true, forwardKubeDNSToHost: true}   # and bpf: {masquerade: true}",
      right: "hostDNS: {enabled: true, forwardKubeDNSToHost: false}"),
    check: { survey in
      let isMasked = CiliumValues.all(in: survey).contains {
        $0["bpf", "masquerade"]?.scalar == .bool(true) && $0["bpf", "hostLegacyRouting"]?.scalar != .bool(true)
      }
      guard isMasked else { return [] }
      return survey.eachTalosFile { talos in
        guard talos.node("machine", "features", "hostDNS", "forwardKubeDNSToHost")?.scalar == .bool(true) else {
          return nil
        }
        return Violation(
          at: talos.place("machine", "features", "hostDNS", "forwardKubeDNSToHost"),
          "names are forwarded to the host, which `bpf.masquerade` hides from pods")
      }
    })

  static let valueUnknownToChart = Rule(
    "ZT231", .error, "a value that Cilium's chart does not know",
    why: "the chart takes any key without a word: what is written there has no effect",
    remedy: "write the key as the chart has it",
    example: Example(wrong: "cgroup: {automount: {enabled: false}}", right: "cgroup: {autoMount: {enabled: false}}"),
    check: { survey in
      CiliumValues.mappings(in: survey).flatMap { node, place in
        CiliumKeys.paths.flatMap { parent -> [Violation] in
          let path = parent.split(separator: ".").map(String.init)
          return (node.node(at: path)?.entries ?? []).compactMap { entry in
            CiliumKeys.meant(by: entry.key, below: parent).map {
              Violation(at: place(path + [entry.key]), "the chart knows no `\(entry.key)`, only `\($0)`")
            }
          }
        }
      }
    })

  static let gatewayClassCreate = Rule(
    "ZT232", .error, "a GatewayClass by a value that the chart refuses",
    why:
      "`gatewayAPI.gatewayClass.create` is one of the texts `auto`, `true` and `false`: a boolean fails the chart's schema",
    remedy: "write it in quotes: `\"true\"`",
    example: Example(wrong: "gatewayClass: {create: true}", right: "gatewayClass: {create: \"true\"}"),
    check: { survey in
      CiliumValues.all(in: survey).compactMap { values in
        guard let node = values["gatewayAPI", "gatewayClass", "create"], !["auto", "true", "false"].contains(node.text)
        else { return nil }
        return Violation(
          at: values.place("gatewayAPI", "gatewayClass", "create"),
          "`create` is `\(node.json.text())`, which is none of the chart's texts")
      }
    })

  static let generatedCertificates = Rule(
    "ZT233", .warning, "certificates that are new with every rendering",
    why:
      "the chart makes a new authority each time it is rendered: Argo CD never finds it in sync and rolls the keys again and again",
    remedy:
      "set `tls.auto.method: cronJob` or `certmanager`, for Hubble `hubble.enabled: false`, or ignore the differences of its Secrets",
    example: Example(wrong: "hubble: {enabled: true}", right: "hubble: {tls: {auto: {method: cronJob}}}"),
    check: { survey in
      CiliumValues.all(in: survey).compactMap { values in
        let ignores =
          values.application.spec?["ignoreDifferences"]?.items?.contains { $0["kind"]?.text == "Secret" } ?? false
        guard !ignores, !values.isOpen, let path = generated(values) else { return nil }
        return Violation(
          at: values.place(path),
          "the Application `\(values.application.name)` makes new certificates for \(path[0] == "hubble" ? "Hubble" : "its cluster mesh") with every rendering"
        )
      }
    })

  /// The value by which the chart makes certificates itself, if it does.
  private static func generated(_ values: ChartSettings) -> [String]? {
    func isMade(_ base: [String]) -> Bool {
      values.value(base + ["enabled"])?.scalar != .bool(false)
        && (values.value(base + ["method"])?.text ?? "helm") == "helm"
    }
    if values["hubble", "enabled"]?.scalar != .bool(false), values["hubble", "tls", "enabled"]?.scalar != .bool(false),
      isMade(["hubble", "tls", "auto"])
    {
      return ["hubble", "tls", "auto", "method"]
    }
    let mesh = ["clustermesh", "apiserver", "tls", "auto"]
    return values["clustermesh", "useAPIServer"]?.scalar == .bool(true) && isMade(mesh) ? mesh + ["method"] : nil
  }

  static let kubePrismElsewhere = Rule(
    "ZT236", .error, "Cilium looks for KubePrism where it is not",
    why: "the agents cannot reach the Kubernetes API, and without them no pod has a network",
    remedy: "enable `machine.features.kubePrism` on the port that `k8sServicePort` names",
    example: Example(
      wrong: "kubePrism: {enabled: false}   # and k8sServicePort: 7445", right: "kubePrism: {enabled: true, port: 7445}"
    ),
    check: { survey in
      let ports = CiliumValues.all(in: survey).compactMap { values -> Int? in
        guard ["localhost", "127.0.0.1"].contains(values["k8sServiceHost"]?.text) else { return nil }
        return values["k8sServicePort"].flatMap { $0.json.intValue ?? $0.text.flatMap { Int($0) } }
      }
      guard let port = ports.first else { return [] }
      return survey.eachTalosFile { talos in
        guard let prism = talos.node("machine", "features", "kubePrism") else { return nil }
        let own = prism["port"]?.json.intValue ?? 7445
        guard prism["enabled"]?.scalar == .bool(false) || own != port else { return nil }
        return Violation(
          at: talos.place("machine", "features", "kubePrism"),
          "KubePrism is not on port \(port), where Cilium looks for the API")
      }
    })

  static let moduleCapability = Rule(
    "ZT237", .error, "Cilium asks Talos for what no pod gets",
    why: "Talos lets no pod load kernel modules: an agent that asks for SYS_MODULE does not start",
    remedy: "list `securityContext.capabilities.ciliumAgent` without SYS_MODULE",
    example: Example(wrong: "ciliumAgent: [NET_ADMIN, SYS_MODULE]", right: "ciliumAgent: [NET_ADMIN, SYS_ADMIN]"),
    check: { survey in
      let isTalos = !survey.talosFiles.isEmpty
      return CiliumValues.all(in: survey).compactMap { values in
        let list = values["securityContext", "capabilities", "ciliumAgent"]
        let asks = list?.items?.contains { $0.text == "SYS_MODULE" }
        let isDefault = list == nil && !values.isOpen && values["securityContext", "privileged"]?.scalar != .bool(true)
        guard isTalos, asks ?? isDefault else { return nil }
        return Violation(
          at: values.place("securityContext", "capabilities", "ciliumAgent"), "Cilium's agents ask for SYS_MODULE")
      }
    })

  static let gatewayPair = Rule(
    "ZT234", .error, "a Cilium and a Gateway API that crash each other",
    why:
      "up to 1.19 the operator asks for a TLSRoute that Gateway API 1.5 no longer serves, and from 1.20 on it needs 1.6.1",
    remedy: "take Gateway API 1.4.1 with Cilium 1.19, or 1.6.1 with Cilium 1.20",
    example: Example(wrong: "cilium 1.19.6, gateway-api v1.5.1", right: "cilium 1.19.6, gateway-api v1.4.1"),
    check: { survey in
      CiliumValues.all(in: survey).compactMap { values in
        guard values["gatewayAPI", "enabled"]?.scalar == .bool(true), let cilium = SemanticVersion(values.version),
          let cluster = survey.clusters.first(where: { view in
            view.applications.contains { $0.name == values.application.name }
          }),
          let gateway = bundle(cluster), GatewayPair(cilium, gateway).crashes
        else { return nil }
        return Violation(at: values.revisionPlace, "Cilium \(values.version) does not go with Gateway API \(gateway)")
      }
    })

  private static func bundle(_ cluster: ClusterView) -> SemanticVersion? {
    let source = cluster.applications.flatMap(\.sources).first {
      $0.repoURL.contains("kubernetes-sigs/gateway-api") && $0.chart == nil
    }
    let annotated = cluster.objects.lazy.compactMap {
      $0.manifest.annotation("gateway.networking.k8s.io/bundle-version")
    }.first
    guard let text = source?.revision ?? annotated else { return nil }
    return SemanticVersion(text.hasPrefix("v") ? String(text.dropFirst()) : text)
  }
}
