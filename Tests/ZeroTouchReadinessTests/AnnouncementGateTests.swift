import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchReadiness
import ZeroTouchTools

/// Whether the Gateway has an address of the pool that somebody answers for.
struct AnnouncementGateTests {
  private let cluster = ScriptedCluster()
  private let clock = ManualClock()

  private func reply(services: [JSONValue], leases: [JSONValue]) {
    cluster.answer("get services", with: .printing(list(services)))
    cluster.answer("get leases.coordination.k8s.io", with: .printing(list(leases)))
  }

  private func list(_ items: [JSONValue]) -> String {
    JSONValue.object(["kind": "List", "items": .array(items)]).text()
  }

  private func outcome() async throws -> String {
    let gates = KubernetesGates(kubectl: Kubectl(kubeconfig: "kc"))
    let gate = gates.gatewayAnnounced(try #require(AddressPool("192.168.1.224/28")))
    let keeper = GateKeeper(tools: cluster, clock: clock, executor: clock)
    do { return "\(try await clock.running { try await keeper.wait(for: gate) })" } catch let error as GateError {
      return error.reason
    }
  }

  private static func service(_ address: String?, type: String = "LoadBalancer", refusal: String? = nil) -> JSONValue {
    var service: JSONValue = [
      "metadata": ["name": "cilium-gateway-platform", "namespace": "gateway"], "spec": ["type": .string(type)],
      "status": [:],
    ]
    if let address { service[path: "status", "loadBalancer", "ingress"] = [["ip": .string(address)]] }
    if let refusal {
      service[path: "status", "conditions"] = [
        ["type": "cilium.io/IPAMRequestSatisfied", "status": "False", "message": .string(refusal)]
      ]
    }
    return service
  }

  private static func lease(_ holder: String) -> JSONValue {
    [
      "metadata": ["name": "cilium-l2announce-gateway-cilium-gateway-platform"],
      "spec": ["holderIdentity": .string(holder)],
    ]
  }

  @Test func `an address of the pool with a holder of its Lease opens it`() async throws {
    reply(services: [Self.service("192.168.1.224")], leases: [Self.lease("worker01")])
    #expect(try await outcome() == "\(GateAnswer.open("192.168.1.224, announced by worker01"))")
  }

  @Test(arguments: [
    ([], [], "no Gateway has a Service"),
    (
      [service(nil)], [],
      "Service `gateway/cilium-gateway-platform` has no address: Cilium has no CiliumLoadBalancerIPPool"
    ),
    ([service(nil, refusal: "all used")], [], "Service `gateway/cilium-gateway-platform` has no address: all used"),
    (
      [service(nil, type: "ClusterIP")], [],
      "Service `gateway/cilium-gateway-platform` has no address: it is no LoadBalancer; Cilium still binds nodes' ports"
    ),
    (
      [service("10.0.0.1")], [lease("worker01")],
      "Service `gateway/cilium-gateway-platform` has the address 10.0.0.1, which is none of 192.168.1.224/28"
    ),
    (
      [service("192.168.1.224")], [],
      "Service `gateway/cilium-gateway-platform` has the address 192.168.1.224, and no node answers for it: nobody holds the Lease `cilium-l2announce-gateway-cilium-gateway-platform`"
    ),
    (
      [service("192.168.1.224")], [lease("")],
      "Service `gateway/cilium-gateway-platform` has the address 192.168.1.224, and no node answers for it: nobody holds the Lease `cilium-l2announce-gateway-cilium-gateway-platform`"
    ),
  ])
  func `anything less leaves it closed, with the reason`(
    services: [JSONValue], leases: [JSONValue], reason: String
  ) async throws {
    reply(services: services, leases: leases)
    #expect(try await outcome() == reason)
  }

  @Test(arguments: [
    ([], "closed"), ([service("192.168.1.224")], "closed"),
    (
      [service(nil, refusal: "all used")],
      "closed; Service `gateway/cilium-gateway-platform` has no address: all used"
    ),
  ])
  func `a gate that waits for Argo CD says why the Gateway has no address`(
    services: [JSONValue], reason: String
  ) async throws {
    reply(services: services, leases: [])
    let closed = Gate(.application, title: "", sources: [], bound: .seconds(60)) { _ in .waiting("closed") }
    let gate = KubernetesGates(kubectl: Kubectl(kubeconfig: "kc")).namingAddresses(closed)
    let keeper = GateKeeper(tools: cluster, clock: clock, executor: clock)
    let error = await #expect(throws: GateError.self) {
      _ = try await clock.running { try await keeper.wait(for: gate) }
    }
    #expect(error?.reason == reason)
  }

  @Test func `an API that refuses is quoted`() async throws {
    cluster.answer("get services", with: .failing("Error from server (Forbidden): no"))
    cluster.answer("get leases.coordination.k8s.io", with: .printing(list([])))
    #expect(try await outcome().contains("Forbidden"))
  }
}
