import Testing
import ZeroTouchManifests
import ZeroTouchModel

/// `spec.network.gateway`: where the Gateway's address comes from.
struct GatewaySpecTests {
  private func load(_ network: String, _ change: (String) -> String = { $0 }) throws -> ClusterSpec {
    let text = change(SpecLoaderTests.valid.replacing("  gitops:", with: "  network: {\(network)}\n  gitops:"))
    return try SpecLoader.load(text: text, file: "zerotouch.yaml")
  }

  private func problems(_ network: String, _ change: (String) -> String = { $0 }) -> String {
    do { return "no problem: \(try load(network, change))" } catch { return "\(error)" }
  }

  @Test(arguments: ["192.168.1.224/28", "192.168.1.230-192.168.1.239", "192.168.1.230/32"])
  func `a pool is announced, and the file that is written from the spec says so again`(text: String) throws {
    let spec = try load("gateway: {mode: l2, pool: \(text)}")
    #expect(spec.network.gateway == .l2(pool: try #require(AddressPool(text))))
    #expect(spec.yaml.contains(text))
    #expect(try SpecLoader.load(text: spec.yaml, file: "zerotouch.yaml").network == spec.network)
  }

  @Test func `without a word of it the nodes' own ports are the Gateway's`() throws {
    #expect(try load("podCIDR: 10.244.0.0/16").network.gateway == .hostNetwork)
    #expect(try load("gateway: {mode: hostNetwork}").network.gateway == .hostNetwork)
    #expect(try load("gateway: {}").network.gateway == .hostNetwork)
  }

  @Test(arguments: [
    (
      "gateway: {mode: l2}",
      """
      zerotouch.yaml:9:29: error: mode `l2` has no addresses to announce
        add `pool: 192.168.1.224/28`, free addresses of the machines' own Ethernet segment
      """
    ),
    (
      "gateway: {pool: 192.168.1.224/28}",
      """
      zerotouch.yaml:9:29: error: `pool` has no effect: in mode `hostNetwork` the Gateway listens on the nodes' own addresses
        write `mode: l2`, or remove `pool`
      """
    ),
    (
      "gateway: {mode: l3, pool: 192.168.1.224/28}",
      "zerotouch.yaml:9:29: error: `l3` is not one of `hostNetwork` and `l2`"
    ),
    (
      "gateway: {mode: l2, pool: 192.168.1.225/28}",
      """
      zerotouch.yaml:9:39: error: `192.168.1.225/28` has bits set behind its prefix
        write `192.168.1.224/28`
      """
    ),
    (
      "gateway: {mode: l2, pool: 192.168.1.240}",
      """
      zerotouch.yaml:9:39: error: `192.168.1.240` is one address
        write `192.168.1.240/32` for that one alone
      """
    ),
    (
      "gateway: {mode: l2, pool: 192.168.1.240-192.168.1.230}",
      """
      zerotouch.yaml:9:39: error: `192.168.1.240-192.168.1.230` is no pool of addresses
        write a block such as `192.168.1.224/28`, or the first and the last: `192.168.1.230-192.168.1.239`
      """
    ),
    (
      "gateway: {mode: l2, pool: 224.0.0.0/28}",
      """
      zerotouch.yaml:9:39: error: `224.0.0.0/28` holds addresses that no machine can have
        write addresses of the machines' own network
      """
    ),
    (
      "gateway: {mode: l2, pool: 10.244.7.0/28}",
      """
      zerotouch.yaml:9:39: error: the pool `10.244.7.0/28` overlaps the pods' `10.244.0.0/16`
        choose addresses of the machines' own network
      """
    ),
    (
      "gateway: {mode: l2, pool: 10.95.255.250-10.96.0.9}",
      "zerotouch.yaml:9:39: error: the pool `10.95.255.250-10.96.0.9` overlaps the services' `10.96.0.0/12`"
    ),
    (
      "gateway: {mode: l2, pool: 203.0.113.0/27}",
      """
      zerotouch.yaml:9:39: error: the pool `203.0.113.0/27` contains `203.0.113.10`, the address of `cp01`
        choose addresses that nobody else answers for
      """
    ),
    (
      "gateway: {mode: l2, pool: 2001:db8:1::/64}",
      """
      zerotouch.yaml:9:39: error: the pool `2001:db8:1::/64` holds IPv6 addresses, and the cluster's services `10.96.0.0/12` are IPv4 alone
        choose IPv4 addresses
      """
    ),
  ])
  func `what cannot be announced is refused where it stands`(network: String, expected: String) {
    let found = problems(network)
    #expect(found.hasPrefix(expected), "\(found)")
    #expect(found.split(separator: "\n").count == 2, "\(found)")
  }

  @Test func `an address of an interface, its gateway and the shared one are somebody's already`() {
    let found = problems("gateway: {mode: l2, pool: 10.0.0.0/24}") {
      $0.replacing(
        "patches: [bootstrap/talos/worker01.yaml]",
        with: "interfaces: [{name: eth0, addresses: [10.0.0.7/24], routes: [{via: 10.0.0.1}]}]")
    }
    #expect(found.contains("contains `10.0.0.7`, an address of `worker01`"), "\(found)")
    #expect(found.contains("contains `10.0.0.1`, the gateway of `worker01`"), "\(found)")
  }

  @Test func `IPv6 is announced by Cilium 1.19, and not before`() throws {
    let network = "podCIDR: fd00:10::/56, serviceCIDR: fd00:11::/112, gateway: {mode: l2, pool: fd00:1::40/124}"
    #expect(try load(network).network.gateway.pool?.isIPv6 == true)
    let found = problems(network) {
      $0.replacing("  gitops:", with: "  versions: {cilium: 1.18.12, gatewayAPI: 1.2.0}\n  gitops:")
    }
    #expect(found.contains("Cilium `1.18.12` answers for no IPv6 address on the local network"), "\(found)")
  }

  @Test func `the bound of a gate that waits for an announcement has no effect without one`() throws {
    let bounded = { (text: String) in
      text.replacing("  gitops:", with: "  timeouts: {gateway-announced: 9m}\n  gitops:")
    }
    #expect(try load("gateway: {mode: l2, pool: 192.168.1.224/28}", bounded).timeouts.count == 1)
    #expect(
      problems("podCIDR: 10.244.0.0/16", bounded) == """
        zerotouch.yaml:10:14: error: `gateway-announced` has no effect: only `gateway: {mode: l2}` has an address announced
          remove the key; nothing waits for that gate
        """)
  }

  @Test func `a preview has no Gateway to give an address to`() {
    let found = problems("gateway: {mode: l2, pool: 192.168.1.224/28}") {
      $0.replacing("spec:\n", with: "spec:\n  environment: preview\n")
    }
    #expect(found.contains("the environment `preview` has no Gateway"), "\(found)")
  }

  @Test func `a worker that joins may not have an address of the pool`() throws {
    let spec = try load("gateway: {mode: l2, pool: 203.0.113.64/28}")
    let worker = try WorkerArgument.parse("worker09:203.0.113.70")
    #expect(throws: InvalidInput.self) { try spec.adding(worker) }
    #expect(try spec.adding(try WorkerArgument.parse("worker09:203.0.113.90")).network == spec.network)
  }

  @Test func `addresses that the provider's network will not carry, or that no machine is near, are a warning`() throws
  {
    let interface = "interfaces: [{name: eth0, addresses: [192.168.1.20/24]}]"
    let warnings = { (pool: String, interface: String) in
      try load("gateway: {mode: l2, pool: \(pool)}") {
        $0.replacing("patches: [bootstrap/talos/worker01.yaml]", with: interface)
      }.gatewayWarnings.map(\.message)
    }
    #expect(try warnings("192.168.1.224/28", interface) == [])
    #expect(
      try warnings("203.0.113.64/28", "labels: {}").first?.hasPrefix("the Gateway's pool `203.0.113.64/28` is public")
        == true)
    for (pool, interface) in [("192.168.2.224/28", interface), ("192.168.2.224/28", "labels: {}")] {
      #expect(try warnings(pool, interface).first?.contains("no machine is known to have an interface") == true)
    }
    #expect(try load("podCIDR: 10.244.0.0/16").gatewayWarnings.isEmpty)
  }
}
