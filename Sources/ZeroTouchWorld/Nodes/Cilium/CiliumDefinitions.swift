import ZeroTouchModel

/// The resources of `cilium.io` that the operator of Cilium 1.19 registers when it starts.
enum CiliumDefinitions {
  struct Definition: Sendable {
    let plural: String
    let kind: String
    let version: String
    let isNamespaced: Bool
    let shortNames: [String]

    var name: String { "\(plural).cilium.io" }
  }

  static let all: [Definition] = [
    cluster("ciliumbgpadvertisements", "CiliumBGPAdvertisement", ["cbgpadvert"]),
    cluster("ciliumbgpclusterconfigs", "CiliumBGPClusterConfig", ["cbgpcluster"]),
    cluster("ciliumbgpnodeconfigoverrides", "CiliumBGPNodeConfigOverride", ["cbgpnodeoverride"]),
    cluster("ciliumbgpnodeconfigs", "CiliumBGPNodeConfig", ["cbgpnode"]),
    cluster("ciliumbgppeerconfigs", "CiliumBGPPeerConfig", ["cbgppeer"]),
    cluster("ciliumcidrgroups", "CiliumCIDRGroup", ["ccg"]),
    cluster("ciliumclusterwideenvoyconfigs", "CiliumClusterwideEnvoyConfig", ["ccec"]),
    cluster("ciliumclusterwidenetworkpolicies", "CiliumClusterwideNetworkPolicy", ["ccnp"]),
    cluster("ciliumegressgatewaypolicies", "CiliumEgressGatewayPolicy", ["cegp"]),
    namespaced("ciliumendpoints", "CiliumEndpoint", ["cep", "ciliumep"]),
    namespaced("ciliumenvoyconfigs", "CiliumEnvoyConfig", ["cec"]),
    namespaced("ciliumgatewayclassconfigs", "CiliumGatewayClassConfig", ["cgcc"], version: "v2alpha1"),
    cluster("ciliumidentities", "CiliumIdentity", ["ciliumid"]),
    cluster("ciliuml2announcementpolicies", "CiliumL2AnnouncementPolicy", ["l2announcement"], version: "v2alpha1"),
    cluster("ciliumloadbalancerippools", "CiliumLoadBalancerIPPool", ["ippools", "lbippool"]),
    namespaced("ciliumlocalredirectpolicies", "CiliumLocalRedirectPolicy", ["clrp"]),
    namespaced("ciliumnetworkpolicies", "CiliumNetworkPolicy", ["cnp", "ciliumnp"]),
    namespaced("ciliumnodeconfigs", "CiliumNodeConfig", []),
    cluster("ciliumnodes", "CiliumNode", ["cn", "ciliumn"]),
    cluster("ciliumpodippools", "CiliumPodIPPool", ["cpip"], version: "v2alpha1"),
  ]

  /// The names the agent waits for before it works.
  static let required = all.map(\.name).filter { name in
    ["ciliumendpoints", "ciliumidentities", "ciliumnetworkpolicies", "ciliumnodes"].contains {
      name.hasPrefix($0 + ".")
    }
  }

  private static func cluster(
    _ plural: String, _ kind: String, _ shortNames: [String], version: String = "v2"
  ) -> Definition {
    Definition(plural: plural, kind: kind, version: version, isNamespaced: false, shortNames: shortNames)
  }

  private static func namespaced(
    _ plural: String, _ kind: String, _ shortNames: [String], version: String = "v2"
  ) -> Definition {
    Definition(plural: plural, kind: kind, version: version, isNamespaced: true, shortNames: shortNames)
  }
}

extension CiliumDefinitions.Definition {
  /// The definition as the operator registers it; its schema takes everything.
  var manifest: JSONValue {
    var version: JSONValue = [
      "name": .string(self.version), "served": true, "storage": true,
      "schema": ["openAPIV3Schema": ["type": "object", "x-kubernetes-preserve-unknown-fields": true]],
    ]
    if ["CiliumNode", "CiliumNetworkPolicy", "CiliumLoadBalancerIPPool"].contains(kind) {
      version["subresources"] = ["status": [:]]
    }
    return [
      "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
      "metadata": ["name": .string(name), "labels": ["io.cilium.k8s.crd.schema.version": "1.32.2"]],
      "spec": [
        "group": "cilium.io", "scope": isNamespaced ? "Namespaced" : "Cluster",
        "names": [
          "plural": .string(plural), "singular": .string(kind.lowercased()), "kind": .string(kind),
          "listKind": .string(kind + "List"), "shortNames": .array(shortNames.map(JSONValue.string)),
          "categories": ["cilium"],
        ],
        "versions": [version],
      ],
    ]
  }
}
