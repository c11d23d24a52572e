import ZeroTouchModel

/// What could be read of a spec, well formed piece by piece but not yet held together.
///
/// Rules look at a draft, so that one malformed field does not hide what is wrong with the others.
struct SpecDraft {
  struct NodeDraft {
    var place: SourceLocation?
    var name: Placed<String>?
    var role: Node.Role?
    var address: Placed<IPAddress>?
    var disk: Node.DiskSelector?
    var diskPlace: SourceLocation?
    var patches: [String] = []
    var access = Node.Access()
    var providerID: String?
    var labels: [String: Placed<String>] = [:]
    var taints: [String: String] = [:]
    var interfaces: [NetworkInterface] = []
    /// The interfaces that name no card, or two.
    var unclearInterfaces: [SourceLocation] = []
    /// Where the addresses that control planes share stand.
    var sharedPlaces: [SourceLocation] = []
  }

  /// How the Gateway gets an address, as far as it could be read.
  struct GatewayDraft {
    var place: SourceLocation?
    var mode = Network.Gateway.Mode.hostNetwork
    /// Whether a mode stands there that is none.
    var isUnclear = false
    var poolPlace: SourceLocation?
    var pool: AddressPool?

    var gateway: Network.Gateway? {
      switch mode {
      case .hostNetwork: .hostNetwork
      case .l2: pool.map { .l2(pool: $0) }
      }
    }
  }

  var name: String?
  var environment = ClusterSpec.Environment.main
  var stage = ClusterSpec.Stage.production
  var provider = Placed(ClusterSpec.Provider.talos)
  var endpoint: Placed<Endpoint>?
  var nodes: [NodeDraft] = []
  /// Where the nodes are listed; nil when they are not.
  var nodesPlace: SourceLocation?
  var versions = VersionSet.default
  /// Where the versions stand that the file sets.
  var versionPlaces: [String: SourceLocation] = [:]
  var podCIDR = Placed(Network().podCIDR)
  var serviceCIDR = Placed(Network().serviceCIDR)
  var gateway = GatewayDraft()
  var timeServers: [String] = []
  var nodeSubnets: [CIDRBlock] = []
  var timeouts: [String: Duration] = [:]
  var repoURL: String?
  var revision: String?
  var secrets = SecretReferences()
  /// Where the references stand, by their path below `secrets`.
  var secretPlaces: [String: SourceLocation] = [:]
  var costLabels: [String] = []

  /// The spec, once nothing is missing.
  var spec: ClusterSpec? {
    guard let name, let repoURL, let revision else { return nil }
    let nodes = nodes.compactMap(\.node)
    guard nodes.count == self.nodes.count, let gateway = gateway.gateway else { return nil }
    // Without machines of our own the kubeconfig says where the cluster is; the endpoint only fills the place.
    guard let endpoint = provider.value.ownsMachines ? endpoint?.value : Endpoint(host: "localhost") else { return nil }
    return ClusterSpec(
      name: name, environment: environment, stage: stage, provider: provider.value, endpoint: endpoint, nodes: nodes,
      versions: versions,
      network: Network(
        podCIDR: podCIDR.value, serviceCIDR: serviceCIDR.value, gateway: gateway, timeServers: timeServers,
        nodeSubnets: nodeSubnets),
      timeouts: timeouts,
      gitops: GitOps(repoURL: repoURL, revision: revision), secrets: secrets, costLabels: costLabels)
  }
}

extension SpecDraft.NodeDraft {
  var node: Node? {
    guard let name, let role, let address else { return nil }
    return Node(
      name: name.value, role: role, address: address.value, disk: disk, patches: patches, access: access,
      providerID: providerID,
      labels: labels.mapValues(\.value), taints: taints, interfaces: interfaces)
  }
}
