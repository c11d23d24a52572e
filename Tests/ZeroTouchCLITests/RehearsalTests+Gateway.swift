import Foundation
import TestSupport
import Testing

extension RehearsalTests {
  /// A repository whose spec and overlay have Cilium announce the Gateway's address.
  private static func copyAnnouncing(_ pool: String, to folder: String, isInGit: Bool = true) throws {
    try copyRepository(to: folder)
    let spec = """
      apiVersion: zerotouch.dev/v1alpha1
      kind: Cluster
      metadata: {name: home}
      spec:
        endpoint: https://192.168.1.10:6443
        nodes:
          - {name: cp01, role: control-plane, address: 192.168.1.10, install: {disk: {serial: A}}}
        network:
          gateway: {mode: l2, pool: \(pool)}
        secrets:
          aws: {accessKeyID: env:ID, secretAccessKey: env:KEY, region: eu-central-1, prefix: /zerotouch/prod}

      """
    try spec.write(toFile: "\(folder)/zerotouch.yaml", atomically: true, encoding: .utf8)
    guard isInGit else { return }
    try edit("\(folder)/platform/overlays/main-production/kustomization.yaml") {
      $0 + "  - ../../04-network/gateway-l2\n"
    }
    try edit("\(folder)/platform/04-network/gateway-l2/pool.yaml") {
      $0.replacing("cidr: 192.168.1.224/28", with: "cidr: \(pool)")
    }
  }

  private static func edit(_ path: String, _ change: (String) -> String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let changed = change(text)
    #expect(changed != text, "\(path) is not what it was")
    try changed.write(toFile: path, atomically: true, encoding: .utf8)
  }

  @Test func `with announced addresses the Gateway gets the pool's first, and no node is passed by`() async throws {
    try await withTemporaryFolder { folder in
      try Self.copyAnnouncing("192.168.1.240/29", to: folder)
      let outside = BuiltProgram(in: folder)
      let kept = try await outside.run(["rehearse", "--keep", "--speed", "100"])
      #expect(kept.status == 0, "\(kept.narration)")
      try await KeptWorld.left(by: kept, of: outside) { world in
        let state = "\(world.place)/repository/.zerotouch/home/kubeconfig"
        let ask = { (arguments: [String]) in
          try await world.program.tool("kubectl", ["--kubeconfig", state] + arguments).output
        }
        let service = try await ask(["-n", "gateway", "get", "service", "cilium-gateway-platform"])
        #expect(service.contains("LoadBalancer") && service.contains(" 192.168.1.240 "), "\(service)")
        let gateway = try await ask([
          "-n", "gateway", "get", "gateway", "platform", "-o",
          "jsonpath={.status.addresses} {.status.conditions[?(@.type==\"Programmed\")].status}",
        ])
        #expect(gateway == #"[{"type":"IPAddress","value":"192.168.1.240"}] True"#)
        #expect(try await !ask(["get", "nodes", "--show-labels"]).contains("exclude-from-external-load-balancers"))
        let settings = try await ask(["-n", "kube-system", "get", "configmap", "cilium-config", "-o", "yaml"])
        #expect(settings.contains("enable-l2-announcements: \"true\""))
        #expect(settings.contains("gateway-api-hostnetwork-enabled: \"false\""))
        #expect(settings.contains("k8s-client-qps: \"20\""))
        let lease = try await ask([
          "-n", "kube-system", "get", "lease", "cilium-l2announce-gateway-cilium-gateway-platform", "-o",
          "jsonpath={.spec.holderIdentity}",
        ])
        #expect(lease == "cp01")
        #expect(try await world.program.run(["validate", "--cluster"]).status == 0)
      }
    }
  }

  @Test func `a pool that does not serve the Gateway holds up its wave, and says what Cilium says`() async throws {
    try await withTemporaryFolder { folder in
      try Self.copyAnnouncing("192.168.1.240/29", to: folder)
      try Self.edit("\(folder)/platform/04-network/gateway-l2/pool.yaml") {
        $0.replacing("gateway-name: platform", with: "gateway-name: other")
      }
      let answer = try await BuiltProgram(in: folder).run(["rehearse", "--speed", "200"])
      #expect(answer.status == 3, "\(answer.narration)")
      #expect(
        answer.narration.contains(
          "gateway-config is Progressing; Service `gateway/cilium-gateway-platform` has no address: There are no enabled CiliumLoadBalancerIPPools that match this service"
        ), "\(answer.narration)")
    }
  }

  @Test func `an address for which no node answers is not taken for a Gateway that works`() async throws {
    try await withTemporaryFolder { folder in
      try Self.copyAnnouncing("192.168.1.240/29", to: folder)
      try Self.edit("\(folder)/platform/04-network/gateway-l2/announcement.yaml") {
        $0.replacing("loadBalancerIPs: true", with: "loadBalancerIPs: false")
      }
      let answer = try await BuiltProgram(in: folder).run(["rehearse", "--speed", "200"])
      #expect(answer.status == 3, "\(answer.narration)")
      #expect(
        answer.narration.contains("`gateway-announced` was not reached within 3m")
          && answer.narration.contains("has the address 192.168.1.240, and no node answers for it"),
        "\(answer.narration)")
    }
  }

  @Test func `a spec that announces what Git does not, and the reverse, are refused before anything is touched`()
    async throws
  {
    try await withTemporaryFolder { folder in
      try Self.copyAnnouncing("192.168.1.240/29", to: folder, isInGit: false)
      let program = BuiltProgram(in: folder)
      for command in [["plan", "--stand-ins"], ["rehearse"]] {
        let answer = try await program.run(command)
        #expect(answer.status == 2, "\(command): \(answer.narration)")
        #expect(
          answer.narration.contains("out of `192.168.1.240/29`, and Git announces none\n  add `- ../../04-network"))
      }
      try Self.edit("\(folder)/platform/overlays/main-production/kustomization.yaml") {
        $0 + "  - ../../04-network/gateway-l2\n"
      }
      let other = try await program.run(["plan", "--stand-ins"])
      #expect(other.status == 2)
      #expect(other.narration.contains("Git's pool holds `192.168.1.224/28`, and the spec says `192.168.1.240/29`"))
      let spec = try String(contentsOfFile: "\(folder)/zerotouch.yaml", encoding: .utf8)
      try spec.replacing("{mode: l2, pool: 192.168.1.240/29}", with: "{mode: hostNetwork}")
        .write(toFile: "\(folder)/zerotouch.yaml", atomically: true, encoding: .utf8)
      let reverse = try await program.run(["plan", "--stand-ins"])
      #expect(reverse.status == 2)
      #expect(reverse.narration.contains("and the spec says `hostNetwork`"), "\(reverse.narration)")
    }
  }
}
