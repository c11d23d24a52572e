import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

/// Addresses that Cilium gives to Services out of pools, and who answers for them.
struct ServiceAddressTests {
  private static let service = ObjectKey(.services, "default", "cilium-gateway-public")
  private static let lease = ObjectKey(.leases, "kube-system", "cilium-l2announce-default-cilium-gateway-public")

  /// Two nodes with an agent each, a Gateway, and Cilium with or without announcements.
  static func cluster(announces: Bool = true) -> WorkloadWorld {
    var cluster = WorkloadWorld(nodes: ["node-1", "node-2"])
    cluster.installGatewayAPI()
    cluster.installCilium()
    var config = Manifest.ciliumConfig()
    if announces { config[path: "data", "enable-l2-announcements"] = "true" }
    cluster.apply(config)
    cluster.apply(Manifest.ciliumAgent())
    cluster.after(60)
    cluster.apply(GatewayManifest.gatewayClass)
    cluster.apply(GatewayManifest.gateway())
    return cluster
  }

  static func pool(
    _ blocks: [JSONValue] = [["cidr": "198.51.100.8/30"]], selector: JSONValue? = nil, isDisabled: Bool = false
  ) -> JSONValue {
    var pool: JSONValue = [
      "apiVersion": "cilium.io/v2", "kind": "CiliumLoadBalancerIPPool", "metadata": ["name": "public"],
      "spec": ["blocks": .array(blocks), "disabled": .bool(isDisabled)],
    ]
    pool[path: "spec", "serviceSelector"] = selector
    return pool
  }

  static func policy(
    nodes: JSONValue? = nil, services: JSONValue? = nil, loadBalancers: Bool = true
  ) -> JSONValue {
    var policy: JSONValue = [
      "apiVersion": "cilium.io/v2alpha1", "kind": "CiliumL2AnnouncementPolicy", "metadata": ["name": "public"],
      "spec": ["loadBalancerIPs": .bool(loadBalancers)],
    ]
    policy[path: "spec", "nodeSelector"] = nodes
    policy[path: "spec", "serviceSelector"] = services
    return policy
  }

  private func programmed(_ cluster: WorkloadWorld) -> String {
    cluster.condition("Programmed", of: cluster.object(.gateways, "public"))
  }

  private func address(_ cluster: WorkloadWorld) -> String? {
    cluster.world.objects[Self.service]?[path: "status", "loadBalancer", "ingress"]?.arrayValue?.first?["ip"]?
      .stringValue
  }

  private func satisfied(_ cluster: WorkloadWorld) -> String {
    cluster.condition("cilium.io/IPAMRequestSatisfied", of: cluster.world.objects[Self.service] ?? .null)
  }

  private func holder(_ cluster: WorkloadWorld) -> String? {
    cluster.world.objects[Self.lease]?[path: "spec", "holderIdentity"]?.stringValue
  }

  @Test func `a Gateway is programmed once a pool gives its Service an address, announced or not`() {
    var cluster = Self.cluster(announces: false)
    #expect(programmed(cluster) == "AddressNotAssigned=False" && satisfied(cluster) == "-=-")
    cluster.apply(Self.pool())
    #expect(programmed(cluster) == "Programmed=True" && satisfied(cluster) == "satisfied=True")
    let gateway = cluster.object(.gateways, "public")
    #expect(gateway[path: "status", "addresses"]?.arrayValue?.first?["value"] == "198.51.100.8")
    cluster.apply(Self.policy())
    #expect(holder(cluster) == nil)
  }

  @Test(arguments: [
    (pool(selector: ["matchLabels": ["color": "red"]]), "no_pool=False"), (pool(isDisabled: true), "no_pool=False"),
    (pool([["cidr": "fd00::/64"]]), "no_pool=False"),
    (pool(selector: ["matchLabels": ["gateway.networking.k8s.io/gateway-name": "public"]]), "satisfied=True"),
    (pool(selector: ["matchLabels": ["io.kubernetes.service.namespace": "default"]]), "satisfied=True"),
    (pool([["start": "198.51.100.9", "stop": "198.51.100.9"]]), "satisfied=True"),
  ])
  func `a pool serves the Services that it selects, of its own family, while it is enabled`(
    pool: JSONValue, verdict: String
  ) {
    var cluster = Self.cluster()
    cluster.apply(pool)
    #expect(satisfied(cluster) == verdict)
    #expect((address(cluster) != nil) == (verdict == "satisfied=True"))
    #expect(programmed(cluster) == (address(cluster) == nil ? "AddressNotAssigned=False" : "Programmed=True"))
  }

  @Test func `a pool that is used up says so`() {
    var cluster = Self.cluster()
    cluster.apply(Self.pool([["cidr": "198.51.100.9/32"]]))
    cluster.apply(GatewayManifest.gateway("second"))
    let second = cluster.object(.services, "cilium-gateway-second")
    #expect(cluster.condition("cilium.io/IPAMRequestSatisfied", of: second) == "out_of_ips=False")
    #expect(address(cluster) == "198.51.100.9")
  }

  @Test func `a pool that changes takes back what it no longer holds`() {
    var cluster = Self.cluster()
    cluster.apply(Self.pool())
    cluster.apply(Self.pool(isDisabled: true))
    #expect(address(cluster) == "198.51.100.8")
    cluster.apply(Self.pool([["cidr": "198.51.100.64/30"]]))
    #expect(address(cluster) == "198.51.100.64")
  }

  @Test func `one node holds the Lease of an announced Service, and another takes over when it is gone`() {
    var cluster = Self.cluster()
    cluster.apply(Self.pool())
    #expect(holder(cluster) == nil)
    cluster.apply(Self.policy())
    #expect(holder(cluster) == "node-1")
    cluster.world.removeNode("node-1")
    cluster.after(60)
    #expect(holder(cluster) == "node-2")
    let spec = cluster.world.objects[Self.lease]?["spec"]
    #expect(spec?["leaseTransitions"] == 1 && spec?["leaseDurationSeconds"] == 15)
    cluster.world.delete(ObjectKey(.announcementPolicies, "public"))
    cluster.after(1)
    #expect(holder(cluster) == nil)
  }

  @Test(arguments: [
    (policy(nodes: ["matchLabels": ["kubernetes.io/hostname": "node-2"]]), "node-2"),
    (policy(services: ["matchLabels": ["gateway.networking.k8s.io/gateway-name": "public"]]), "node-1"),
    (policy(services: ["matchLabels": ["color": "red"]]), nil), (policy(loadBalancers: false), nil),
    (policy(nodes: ["matchLabels": ["kubernetes.io/hostname": "none"]]), nil),
  ])
  func `a policy says which node answers for which Service`(policy: JSONValue, holder expected: String?) {
    var cluster = Self.cluster()
    cluster.apply(Self.pool())
    cluster.apply(policy)
    #expect(holder(cluster) == expected)
  }

  @Test func `without the setting no node answers, and leases that are left go`() {
    var cluster = Self.cluster()
    cluster.apply(Self.pool())
    cluster.apply(Self.policy())
    #expect(holder(cluster) != nil)
    var config = Manifest.ciliumConfig()
    config[path: "data", "enable-l2-announcements"] = "false"
    cluster.apply(config)
    #expect(holder(cluster) == nil)
  }

  @Test func `a Gateway that leaves the nodes' ports for a pool gets another kind of Service`() {
    var cluster = Self.cluster()
    var config = Manifest.ciliumConfig()
    config[path: "data", "gateway-api-hostnetwork-enabled"] = "true"
    cluster.apply(config)
    cluster.apply(GatewayManifest.proxy())
    cluster.apply(Self.pool())
    #expect(cluster.object(.services, Self.service.name)[path: "spec", "type"] == "ClusterIP")
    #expect(programmed(cluster) == "Programmed=True" && address(cluster) == nil)
    config[path: "data", "gateway-api-hostnetwork-enabled"] = "false"
    cluster.apply(config)
    #expect(address(cluster) == "198.51.100.8")
  }
}
