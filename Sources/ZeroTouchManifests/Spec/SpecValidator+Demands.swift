import ZeroTouchModel

extension SpecValidator {
  /// What has to stand in the file, or must not, because of who makes the cluster.
  mutating func checkDemands(of document: LocatedYAML, provider: ClusterSpec.Provider, hasRepository: Bool) {
    guard let spec = document["spec"], spec.entries != nil || spec.scalar == .null,
      case .object(let fields)? = SpecSchema.document.last?.type
    else { return }
    for field in fields where field.demand == .ofMachines && provider.ownsMachines && spec.entry(field.key) == nil {
      reportMissing(field, in: spec, called: "spec")
    }
    for field in fields where field.isAboutMachines && !provider.ownsMachines {
      guard let entry = spec.entry(field.key) else { continue }
      report(
        "`\(field.key)` has no effect with `provider: \(provider.rawValue)`", Self.remedy(for: provider),
        at: entry.keyLocation)
    }
    checkTimeouts(of: spec, provider: provider)
    if provider == .kind, spec["environment"]?.text != ClusterSpec.Environment.preview.rawValue {
      report(
        "a cluster of kind is a preview: it has a network and storage of its own", "write `environment: preview`",
        at: spec["environment"]?.location ?? spec.location)
    }
    if provider == .talos, spec["environment"]?.text == ClusterSpec.Environment.preview.rawValue {
      report(
        "`environment: preview` brings neither network nor storage, and machines have none of their own",
        "write `environment: main`, or `provider: kind`", at: spec["environment"]?.location ?? spec.location)
    }
    guard !hasRepository else { return }
    for key in ["repoURL", "revision"] where spec["gitops"]?.entry(key) == nil {
      report(
        "nothing says which \(key == "revision" ? "revision" : "repository") Argo CD follows",
        "add `gitops.\(key)`, or write `bootstrap/argocd/repository.yaml` with `zerotouch init`", at: spec.location)
    }
  }

  private static func remedy(for provider: ClusterSpec.Provider) -> String {
    provider == .kind
      ? "remove the key; kind's nodes stand in `bootstrap/kind/cluster.yaml`"
      : "remove the key; the cluster has its own"
  }

  /// A bound for a gate that this provider's bootstrap never waits for.
  private mutating func checkTimeouts(of spec: LocatedYAML, provider: ClusterSpec.Provider) {
    let announces = spec[path: "network", "gateway", "mode"]?.scalar?.stringValue == Network.Gateway.Mode.l2.rawValue
    for entry in spec["timeouts"]?.entries ?? [] {
      if entry.key == GateName.gatewayAnnounced.rawValue, provider == .talos, !announces {
        report(
          "`\(entry.key)` has no effect: only `gateway: {mode: l2}` has an address announced",
          "remove the key; nothing waits for that gate", at: entry.keyLocation)
      }
      guard let gate = GateName(rawValue: entry.key), !gate.providers.isEmpty, !gate.providers.contains(provider)
      else { continue }
      report(
        "`\(gate)` has no effect with `provider: \(provider.rawValue)`", "remove the key; nothing waits for that gate",
        at: entry.keyLocation)
    }
  }
}
