import ZeroTouchModel

/// What no patch may change, because the bootstrap and the platform rely on it.
struct MachineInvariants {
  /// A contradiction: where it stands, why it cannot be, and what to do.
  struct Violation: Hashable {
    let kind: String?
    let path: [String]
    let message: String
    let remedy: String

    func diagnostic(in patch: MachinePatch) -> Diagnostic {
      Diagnostic(at: patch.location(kind: kind, path: path), message, remedy: remedy)
    }
  }

  /// A value that stays as zerotouch rendered it.
  private struct Kept {
    var kind: String?
    let path: [String]
    let reason: String
    let remedy: String

    init(_ path: String, in kind: String? = nil, because reason: String, _ remedy: String = "take it out of the patch")
    {
      self.kind = kind
      self.path = path.split(separator: ".").map(String.init)
      self.reason = reason
      self.remedy = remedy
    }
  }

  let wanted: MachineConfiguration
  let node: Node
  let spec: ClusterSpec

  /// Everything in a patched configuration that contradicts what is relied on.
  func violations(of configuration: MachineConfiguration, patchedFor scope: MachinePatch.Scope) -> [Violation] {
    guard configuration.main != nil else {
      return [Violation(kind: nil, path: [], message: "the patch deletes the main document", remedy: "keep it")]
    }
    return Self.kept.compactMap { violation(of: $0, in: configuration) } + uncovered(in: configuration)
      + versions(of: configuration) + manifests(of: configuration, scope) + mixtures(in: configuration)
  }

  private static let kept: [Kept] =
    [
      Kept(
        "cluster.network.cni", because: "Cilium is the network; a second one beside it takes its pods away"),
      Kept("cluster.proxy.disabled", because: "Cilium replaces kube-proxy, and both would write the same rules"),
      Kept("machine.features.kubePrism", because: "Cilium reaches the Kubernetes API through KubePrism on port 7445"),
      Kept(
        "machine.features.hostDNS",
        because: "forwarding to the host's DNS has to be off exactly when Cilium masquerades by BPF",
        "set `bpf.masquerade` in bootstrap/cilium/values.yaml, and the configuration follows"),
      Kept("machine.type", because: "the node's role decides it", "change `role` in zerotouch.yaml"),
      Kept("cluster.controlPlane.endpoint", because: "the endpoint stands in zerotouch.yaml", "change `spec.endpoint`"),
      Kept("cluster.clusterName", because: "the name stands in zerotouch.yaml", "change `metadata.name`"),
      Kept("cluster.network.podSubnets", because: "it stands in zerotouch.yaml", "change `spec.network.podCIDR`"),
      Kept(
        "cluster.network.serviceSubnets", because: "it stands in zerotouch.yaml", "change `spec.network.serviceCIDR`"),
      Kept(
        "machine.network.hostname", because: "the name of the Node is the name of the machine",
        "change `name` in zerotouch.yaml"),
      Kept(
        "hostname", in: "HostnameConfig", because: "the name of the Node is the name of the machine",
        "change `name` in zerotouch.yaml"),
      Kept("auto", in: "HostnameConfig", because: "a generated name beside the own one is refused by Talos"),
      Kept("persist", because: "a configuration that is not kept is gone with the next boot"),
    ]
    + [
      "machine.token", "machine.ca", "cluster.id", "cluster.secret", "cluster.token", "cluster.ca",
      "cluster.aggregatorCA", "cluster.serviceAccount", "cluster.secretboxEncryptionSecret", "cluster.etcd.ca",
    ].map { Kept($0, because: "the PKI comes out of the secrets bundle, and has no place in Git") }

  private func violation(of kept: Kept, in configuration: MachineConfiguration) -> Violation? {
    let value = { (configuration: MachineConfiguration) in
      kept.path.reduce(kept.kind.map(configuration.document) ?? configuration.main) { $0?[$1] }
    }
    guard value(configuration) != value(wanted) else { return nil }
    let name = ([kept.kind].compactMap(\.self) + kept.path).joined(separator: ".")
    return Violation(
      kind: kept.kind, path: kept.path, message: "the patch changes `\(name)`: \(kept.reason)", remedy: kept.remedy)
  }
}

extension MachineInvariants {
  private func uncovered(in configuration: MachineConfiguration) -> [Violation] {
    let lists =
      [(["machine", "certSANs"], wanted.certSANs, configuration.certSANs)]
      + (node.role == .controlPlane
        ? [(["cluster", "apiServer", "certSANs"], wanted.kubernetesSANs, configuration.kubernetesSANs)] : [])
    return lists.compactMap { path, wanted, found in
      let missing = wanted.filter { !found.contains($0) }
      guard !missing.isEmpty else { return nil }
      let names = missing.map { "`\($0)`" }.joined(separator: ", ")
      return Violation(
        kind: nil, path: path,
        message: "after the patch no certificate of `\(path.joined(separator: "."))` covers \(names)",
        remedy: "add names instead of replacing the list")
    }
  }

  /// The images may come from elsewhere, but they are of the version of the spec: Talos reads it from the tag.
  private func versions(of configuration: MachineConfiguration) -> [Violation] {
    let paths =
      [["machine", "kubelet", "image"]]
      + ["apiServer", "controllerManager", "scheduler"].map { ["cluster", $0, "image"] }
    return paths.compactMap { path in
      guard let image = path.reduce(configuration.main, { $0?[$1] })?.stringValue else { return nil }
      guard MachineConfiguration.tag(of: image) != "v\(spec.versions.kubernetes)" else { return nil }
      return Violation(
        kind: nil, path: path, message: "the image `\(image)` is not of Kubernetes \(spec.versions.kubernetes)",
        remedy: "use the tag `v\(spec.versions.kubernetes)`, or change `spec.versions.kubernetes`")
    }
  }

  /// The inline manifests come first and unchanged, and are the same on every control plane.
  private func manifests(of configuration: MachineConfiguration, _ scope: MachinePatch.Scope) -> [Violation] {
    let (own, found) = (wanted.inlineManifests, configuration.inlineManifests)
    let path = ["cluster", "inlineManifests"]
    let report = { (message: String, remedy: String) in
      [Violation(kind: nil, path: path, message: message, remedy: remedy)]
    }
    guard found.count >= own.count, zip(own, found).allSatisfy({ $0.name == $1.name && $0.contents == $1.contents })
    else {
      return report(
        "the patch changes the inline manifests of the Gateway API and Cilium",
        "change bootstrap/cilium/values.yaml instead, and give other manifests names of their own")
    }
    let added = found.dropFirst(own.count)
    if added.isEmpty { return [] }
    if node.role == .worker {
      return report("Talos applies inline manifests of control planes only", "move them to control-plane.yaml")
    }
    if case .node = scope {
      return report(
        "the inline manifests of `\(node.name)` differ from the other control planes'",
        "move them to control-plane.yaml")
    }
    if let name = added.first(where: { InlineManifest.holdsPrivateKey($0.contents) })?.name {
      return report("the inline manifest `\(name)` contains a private key", "leave it to External Secrets")
    }
    let names = found.map(\.name)
    guard Set(names).count == names.count else {
      return report("two inline manifests have the same name", "give every one its own name")
    }
    return []
  }
}
