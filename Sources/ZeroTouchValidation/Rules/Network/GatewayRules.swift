import ZeroTouchManifests
import ZeroTouchModel

/// The way in, and what it needs to open its ports.
extension Rule {
  static let portsWithoutRight = Rule(
    "ZT241", .error, "a Gateway on the nodes' low ports without the right to them",
    why: "the proxy runs without privileges: it may not listen below port 1024, and the Gateway answers nobody",
    remedy:
      "give `envoy.securityContext.capabilities.envoy` the capability `NET_BIND_SERVICE`, and set `keepCapNetBindService: true`",
    example: Example(
      wrong: "gatewayAPI: {enabled: true, hostNetwork: {enabled: true}}",
      right:
        "gatewayAPI: {enabled: true, hostNetwork: {enabled: true}}\nenvoy:\n  securityContext:\n    capabilities: {envoy: [NET_ADMIN, SYS_ADMIN, NET_BIND_SERVICE], keepCapNetBindService: true}"
    ),
    check: { survey in
      let listensLow = survey.placed(["Gateway"]).contains { _, object in
        (object.manifest["spec", "listeners"]?.items ?? []).contains { ($0["port"]?.json.intValue ?? 1024) < 1024 }
      }
      guard listensLow else { return [] }
      return CiliumValues.all(in: survey).compactMap(boundPorts)
    })

  private static func boundPorts(_ values: ChartSettings) -> Violation? {
    guard !values.isOpen, values["gatewayAPI", "enabled"]?.scalar == .bool(true),
      values["gatewayAPI", "hostNetwork", "enabled"]?.scalar == .bool(true),
      values["envoy", "enabled"]?.scalar != .bool(false)
    else { return nil }
    let path = ["envoy", "securityContext", "capabilities"]
    let held = (values.value(path + ["envoy"])?.items ?? []).compactMap(\.text)
    guard held.contains("NET_BIND_SERVICE") else {
      return Violation(
        at: values.place(path + ["envoy"]),
        "Cilium's proxy is not given `NET_BIND_SERVICE`, and the Gateway has low ports")
    }
    guard values.value(path + ["keepCapNetBindService"])?.scalar != .bool(true) else { return nil }
    return Violation(
      at: values.place(path + ["keepCapNetBindService"]),
      "Cilium's proxy drops `NET_BIND_SERVICE`, and the Gateway has low ports")
  }

  static let listenerWithoutCertificate = Rule(
    "ZT242", .error, "a listener that ends TLS without a certificate",
    why: "the API server refuses the Gateway, or its listener is never programmed",
    remedy: "name the Secret with the certificate in `tls.certificateRefs`",
    example: Example(
      wrong: "- {name: https, port: 443, protocol: HTTPS, tls: {mode: Terminate}}",
      right:
        "- {name: https, port: 443, protocol: HTTPS, tls: {mode: Terminate, certificateRefs: [{name: gateway-tls}]}}"
    ),
    check: { survey in
      survey.placed(["Gateway"]).filter { $0.object.manifest.group == "gateway.networking.k8s.io" }
        .flatMap { _, object in uncertified(object.manifest, survey) }
    })

  private static func uncertified(_ gateway: Manifest, _ survey: Survey) -> [Violation] {
    // Some providers bring certificates by options or annotations of their own.
    let annotations = gateway["metadata", "annotations"]?.entries ?? []
    guard !annotations.contains(where: { $0.key.contains("cert") }) else { return [] }
    return (gateway["spec", "listeners"]?.items ?? []).enumerated().compactMap { index, listener in
      guard ["HTTPS", "TLS"].contains(listener["protocol"]?.text), listener["tls"]?["mode"]?.text != "Passthrough",
        listener["tls"]?["certificateRefs"]?.items?.isEmpty ?? true, listener["tls"]?["options"] == nil
      else { return nil }
      return Violation(
        at: survey.place(of: gateway, at: ["spec", "listeners", String(index)]),
        "the listener `\(listener["name"]?.text ?? "")` of `\(gateway.title)` ends TLS without a certificate")
    }
  }

  static let pendingReplicaCounts = Rule(
    "ZT243", .error, "a Cilium that a single machine never lets be healthy",
    why:
      "two operators want a machine each: until a second machine joins one stays Pending, Argo CD calls the Deployment degraded, and no later wave begins",
    remedy:
      "set `operator.annotations` to `argocd.argoproj.io/ignore-healthcheck: \"true\"`, or `operator.replicas: 1`",
    example: Example(
      wrong: "operator: {replicas: 2}",
      right: "operator:\n  replicas: 2\n  annotations: {argocd.argoproj.io/ignore-healthcheck: \"true\"}"),
    check: { survey in
      // Where the machines are listed, they are counted.
      guard survey.isTalos, MachineInventory(survey).only == nil, survey.argoCDSettings.judgesApplications else {
        return []
      }
      return CiliumValues.all(in: survey).compactMap { values in
        let replicas = values["operator", "replicas"]?.json.intValue ?? 2
        let key = "argocd.argoproj.io/ignore-healthcheck"
        guard !values.isOpen, replicas > 1, values["operator", "annotations", key]?.text != "true",
          values["operator", "affinity"] == nil, values["operator", "enabled"]?.scalar != .bool(false)
        else { return nil }
        return Violation(
          at: values.place("operator", "annotations", key),
          "the \(replicas) operators of Cilium count for `\(values.application.name)`, and a single machine runs one")
      }
    })
}
