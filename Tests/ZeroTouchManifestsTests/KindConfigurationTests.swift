import Foundation
import Testing
import ZeroTouchManifests
import ZeroTouchModel

struct KindConfigurationTests {
  private func parse(_ rest: String, head: String = "kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n") throws
    -> KindConfiguration
  {
    try KindConfiguration.parse(head + rest, file: "cluster.yaml")
  }

  private func problems(_ rest: String) -> String {
    do {
      _ = try parse(rest)
      return ""
    } catch { return "\(error)" }
  }

  @Test func `the committed file is one control plane, its image pinned by digest`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = root.appending(path: "bootstrap/kind/cluster.yaml")
    let text = try String(contentsOf: path, encoding: .utf8)
    #expect(try KindConfiguration.parse(text, file: "cluster.yaml").roles == [.controlPlane])
    #expect(text.contains(#/image: kindest\/node:v[0-9.]+@sha256:[0-9a-f]{64}\n/#))
  }

  @Test func `nodes are counted and named as kind names its containers`() throws {
    #expect(try parse("").roles == [.controlPlane])
    let several = try parse("nodes: [{role: control-plane}, {role: worker}, {}, {role: worker, image: a}]\n")
    #expect(
      several.nodeNames(of: "a") == ["a-control-plane", "a-worker", "a-control-plane2", "a-worker2"])
  }

  @Test func `what would leave a preview without a network or a control plane is refused at its line`() {
    #expect(
      problems("networking: {disableDefaultCNI: true}\nnodes:\n  - role: worker\n") == """
        cluster.yaml:3:33: error: `disableDefaultCNI` leaves the nodes without a network: a preview has no Cilium
          remove it
        cluster.yaml:5:3: error: no node is a control plane
          give one node `role: control-plane`
        """)
    #expect(problems("nodes: [{role: master}]\n").contains("cluster.yaml:3:16: error: `master` is no role of a node"))
    #expect(problems("---\nkind: Cluster\n").contains("holds 2 documents"))
    #expect(throws: InvalidInput.self) { try parse("", head: "kind: Cluster\napiVersion: v1\n") }
  }
}
