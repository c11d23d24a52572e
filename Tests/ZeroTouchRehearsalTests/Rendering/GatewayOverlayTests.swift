import Foundation
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

@testable import ZeroTouchRehearsal

/// The component `gateway-l2`, included by an overlay as docs/platform.md says.
@Suite(.enabled(if: RealTools.arePresent, "scripts/tools has not brought kubectl"))
struct GatewayOverlayTests {
  private static let pool = AddressPool("192.168.1.224/28")

  /// What an overlay renders to, without the component and with it.
  private func rendered(_ stage: String, _ addition: String = "") async throws -> (plain: String, announcing: String) {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let tools = RealTools.runner(home: folder)
      let overlay = "\(folder)/platform/overlays/main-\(stage)"
      let plain = try await tools.succeed(Kubectl.kustomize(overlay)).text
      let path = "\(overlay)/kustomization.yaml"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try (text + "  - ../../04-network/gateway-l2\n" + addition).write(toFile: path, atomically: true, encoding: .utf8)
      return (plain, try await tools.succeed(Kubectl.kustomize(overlay)).text)
    }
  }

  @Test(arguments: ["dev", "staging", "production"])
  func `one line more in an overlay brings pool, announcement and Cilium's values, and nothing else`(
    stage: String
  ) async throws {
    let (plain, announcing) = try await rendered(stage)
    let pool = try #require(Self.pool)
    let agreement = { (gateway: Network.Gateway, text: String) in
      try GatewayAgreement(gateway: gateway, overlay: "o").problems(in: text).count
    }
    #expect(try agreement(.hostNetwork, plain) == 0 && agreement(.l2(pool: pool), announcing) == 0)
    #expect(try agreement(.hostNetwork, announcing) == 1 && agreement(.l2(pool: pool), plain) == 1)
    let before = try ManifestReader.objects(in: plain, file: "plain")
    let after = try ManifestReader.objects(in: announcing, file: "announcing")
    let added = after.filter { !before.contains($0) }
    #expect(
      added.compactMap { $0["kind"]?.stringValue }.sorted() == [
        "Application", "CiliumL2AnnouncementPolicy", "CiliumLoadBalancerIPPool",
      ])
    #expect(before.filter { !after.contains($0) }.count == 1)
    let cilium = added.first { $0["kind"] == "Application" }
    #expect(cilium?[path: "metadata", "name"] == "cilium")
    let files = cilium?[path: "spec", "sources"]?.arrayValue?.first?[path: "helm", "valueFiles"]
    #expect(files == ["$values/bootstrap/cilium/values.yaml", "$values/bootstrap/cilium/gateway-l2.yaml"])
    for object in added where object["kind"] != "Application" {
      let wave = object[path: "metadata", "annotations", "argocd.argoproj.io/sync-wave"]?.stringValue
      #expect(wave == "3", "after Cilium (-1), before the Gateway (4)")
      #expect(
        object[path: "spec", "serviceSelector", "matchLabels"] == ["gateway.networking.k8s.io/gateway-name": "platform"]
      )
    }
  }

  @Test func `a second cluster of the repository has its own pool by a patch of its overlay`() async throws {
    let patch = """
      patches:
        - target: {kind: CiliumLoadBalancerIPPool, name: gateway}
          patch: |-
            - {op: replace, path: /spec/blocks, value: [{start: 10.0.0.240, stop: 10.0.0.247}]}

      """
    let (_, announcing) = try await rendered("dev", patch)
    let pool = try #require(AddressPool("10.0.0.240/29"))
    #expect(try GatewayAgreement(gateway: .l2(pool: pool), overlay: "o").problems(in: announcing) == [])
  }

  /// The chart's own templates read exactly these keys; what a file of values misspells, helm ignores.
  @Test func `the values for announced addresses are known to the chart and reach Cilium's settings`() async throws {
    try await withTemporaryFolder { folder in
      let tools = RealTools.runner(home: folder)
      let chart = try StandInChart.cilium.write(into: "\(folder)/charts")
      let layout = RepositoryLayout(root: BuiltProgram.packageRoot)
      let own = try await tools.succeed(Helm.showValues(chart)).text
      let text = try String(contentsOfFile: layout.ciliumAnnouncements, encoding: .utf8)
      #expect(try ChartValues.unknownKeys(in: text, file: "gateway-l2.yaml", chart: own, named: "cilium") == [])
      let announced = Network.Gateway.l2(pool: try #require(Self.pool))
      for (mode, other) in [(announced, .hostNetwork), (.hostNetwork, announced)] {
        let values = layout.ciliumValues(for: mode)
        let output = try await tools.succeed(
          Helm.template(.path(chart), release: "cilium", namespace: "kube-system", values: values))
        let manifest = try CiliumManifest(text: output.text, file: "cilium.yaml")
        #expect(manifest.problems(for: mode) == [])
        #expect(manifest.problems(for: other).count == 2)
      }
    }
  }
}
