package import ZeroTouchModel

/// Makes the machine configurations of a cluster: what `talosctl gen config` makes with the same secrets, what
/// zerotouch sets on purpose, and the patches that stand in Git.
///
/// The same input gives the same bytes. Nothing is read and nothing written: files are the callers' business.
package struct MachineConfigurationRenderer: Sendable {
  package let spec: ClusterSpec
  package let patches: MachinePatches
  /// The disk that talosctl writes where none is named.
  static let usualDisk = "/dev/sda"
  /// Whether Cilium masquerades by BPF, which Talos's forwarding of DNS does not survive.
  package let masqueradesByBPF: Bool

  /// The image that Talos installs itself from.
  package let installer: TalosInstaller
  /// When the machines that were made anew were, by their names.
  package var renewals: [String: String] = [:]

  package init(
    for spec: ClusterSpec, patches: MachinePatches = MachinePatches(), masqueradesByBPF: Bool = false,
    installer: TalosInstaller = TalosInstaller()
  ) {
    self.spec = spec
    self.patches = patches
    self.masqueradesByBPF = masqueradesByBPF
    self.installer = installer
  }

  private var contract: GenerationRequest.Contract { GenerationRequest.Contract(of: spec.versions.talos) }

  /// The text of a machine's configuration; `manifests` go to control planes only, in this order.
  package func text(
    of node: Node, secrets: TalosSecrets, manifests: [InlineManifest]
  ) throws(InvalidInput) -> String {
    TalosYAML.text(try configuration(of: node, secrets: secrets, manifests: manifests).documents)
  }

  /// The configuration of a machine.
  package func configuration(
    of node: Node, secrets: TalosSecrets, manifests: [InlineManifest]
  ) throws(InvalidInput) -> MachineConfiguration {
    let unfit = manifests.compactMap(\.problem)
    guard unfit.isEmpty else { throw InvalidInput(unfit) }
    let wanted = unpatched(node, secrets, manifests)
    let rules = MachineInvariants(wanted: wanted, node: node, spec: spec)
    var configuration = wanted
    var problems: [Diagnostic] = []
    var known: Set<MachineInvariants.Violation> = []
    for patch in patches.patches(of: node) {
      for document in patch.documents { configuration.merge(document) }
      let violations = rules.violations(of: configuration, patchedFor: patch.scope)
      problems += violations.filter { !known.contains($0) }.map { $0.diagnostic(in: patch) }
      known.formUnion(violations)
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    return configuration
  }

  /// What is wrong with the patches of any machine, each problem once; nothing secret is needed to know.
  package func problems() -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for node in spec.nodes.sorted(by: { $0.name < $1.name }) where !patches.patches(of: node).isEmpty {
      do { _ = try configuration(of: node, secrets: .placeholder, manifests: []) } catch {
        problems += error.diagnostics.filter { !problems.contains($0) }
      }
    }
    return problems
  }

  /// The configuration before the patches of Git.
  private func unpatched(
    _ node: Node, _ secrets: TalosSecrets, _ manifests: [InlineManifest]
  ) -> MachineConfiguration {
    let isControlPlane = node.role == .controlPlane
    var configuration = generation(secrets).configuration(isControlPlane: isControlPlane)
    MachineSettings(
      spec: spec, node: node, contract: contract, masqueradesByBPF: masqueradesByBPF, renewal: renewals[node.name]
    )
    .apply(to: &configuration)
    if isControlPlane, !manifests.isEmpty, var main = configuration.main {
      main[path: "cluster", "inlineManifests"] = .array(
        manifests.map { ["name": .string($0.name), "contents": .string($0.contents)] })
      configuration.main = main
    }
    return configuration
  }

  private func generation(_ secrets: TalosSecrets) -> GenerationRequest {
    GenerationRequest(
      clusterName: spec.name, endpoint: spec.endpoint.description, endpointHost: spec.endpoint.host,
      secrets: secrets.document, kubernetesVersion: spec.versions.kubernetes.description, installDisk: Self.usualDisk,
      installImage: installer.image(of: spec.versions.talos), additionalSANs: [], contract: contract)
  }
}
