import Testing
import ZeroTouchManifests
import ZeroTouchModel

/// The spec beside what Git brings, as `kubectl kustomize` renders the overlay.
struct GatewayAgreementTests {
  private static let application = """
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata: {name: cilium}
    spec:
      sources:
        - chart: cilium
          helm: {valueFiles: [$values/bootstrap/cilium/values.yaml]}

    """
  private static let announcing =
    application.replacing("values.yaml]", with: "values.yaml, $values/bootstrap/cilium/gateway-l2.yaml]") + """
      ---
      apiVersion: cilium.io/v2
      kind: CiliumLoadBalancerIPPool
      metadata: {name: gateway}
      spec: {blocks: [{cidr: 192.168.1.224/28}]}
      ---
      apiVersion: cilium.io/v2alpha1
      kind: CiliumL2AnnouncementPolicy
      metadata: {name: gateway}
      spec: {loadBalancerIPs: true}

      """

  private func problems(_ gateway: String?, _ rendered: String) throws -> [String] {
    let pool = gateway.flatMap { AddressPool($0) }
    let agreement = GatewayAgreement(
      gateway: pool.map { .l2(pool: $0) } ?? .hostNetwork, overlay: "platform/overlays/main-dev")
    return try agreement.problems(in: rendered).map { "\($0.message)\n\($0.remedy)" }
  }

  @Test func `both say the nodes' ports, or both the same addresses, however written`() throws {
    #expect(try problems(nil, Self.application) == [])
    #expect(try problems("192.168.1.224/28", Self.announcing) == [])
    #expect(try problems("192.168.1.224-192.168.1.239", Self.announcing) == [])
    let range = Self.announcing.replacing("cidr: 192.168.1.224/28", with: "start: 192.168.1.224, stop: 192.168.1.239")
    #expect(try problems("192.168.1.224/28", range) == [])
  }

  @Test func `a platform without Cilium has nothing to agree with`() throws {
    #expect(try problems("192.168.1.224/28", "kind: Application\nspec: {source: {chart: keda}}\n") == [])
  }

  @Test func `where Git announces nothing, it is said what to type`() throws {
    #expect(
      try problems("192.168.1.224/28", Self.application) == [
        """
        the spec has Cilium announce the Gateway's address out of `192.168.1.224/28`, and Git announces none
        add `- ../../04-network/gateway-l2` to `components` in platform/overlays/main-dev/kustomization.yaml, `{cidr: 192.168.1.224/28}` to `blocks` in platform/04-network/gateway-l2/pool.yaml, and commit
        """
      ])
  }

  @Test func `where Git announces and the spec does not know, either may follow`() throws {
    #expect(
      try problems(nil, Self.announcing) == [
        """
        Git has Cilium announce the Gateway's address (`bootstrap/cilium/gateway-l2.yaml`), and the spec says `hostNetwork`
        write `gateway: {mode: l2, pool: …}` below `network` in zerotouch.yaml, or take `../../04-network/gateway-l2` out of platform/overlays/main-dev/kustomization.yaml
        """
      ])
  }

  @Test(arguments: [
    ("cidr: 192.168.1.224/28", "cidr: 192.168.1.240/28", "Git's pool holds `192.168.1.240/28`, and the spec says"),
    ("[{cidr: 192.168.1.224/28}]", "[]", "Git's pool holds nothing, and the spec says `192.168.1.224/28`"),
    ("cidr: 192.168.1.224/28", "cidr: pool", "Git's pool holds `{\"cidr\":\"pool\"}`, and the spec says"),
    (
      "{cidr: 192.168.1.224/28}", "{cidr: 192.168.1.224/29}, {cidr: 192.168.1.232/29}",
      "Git's pool holds `192.168.1.224"
    ),
    ("{blocks:", "{disabled: true, blocks:", "Git's pool of the Gateway is disabled"),
    ("IPPool\nmetadata: {name: gateway}", "IPPool\nmetadata: {name: other}", "brings no CiliumLoadBalancerIPPool"),
    ("CiliumL2AnnouncementPolicy", "CiliumNetworkPolicy", "brings no CiliumL2AnnouncementPolicy, so no node answers"),
  ])
  func `another pool, a disabled one, or one that nobody announces is told`(
    old: String, new: String, message: String
  ) throws {
    #expect(Self.announcing.contains(old))
    let found = try problems("192.168.1.224/28", Self.announcing.replacing(old, with: new))
    #expect(found.count == 1 && found[0].contains(message), "\(found)")
  }
}
