import Testing
import ZeroTouchManifests
import ZeroTouchModel

struct InterfaceNameTests {
  private func load(_ name: String) throws -> ClusterSpec {
    let text = """
      apiVersion: zerotouch.dev/v1alpha1
      kind: Cluster
      metadata: {name: demo}
      spec:
        endpoint: https://203.0.113.10:6443
        nodes:
          - {name: cp01, role: control-plane, address: 203.0.113.10, interfaces: [{name: "\(name)", dhcp: true}]}
        gitops: {repoURL: https://github.com/you/platform.git, revision: main}
      """
    let repository = GitOpsRepository(repoURL: "r", revision: "main")
    return try SpecLoader.load(text: text, file: "zerotouch.yaml", repository: repository)
  }

  @Test(arguments: ["enP2p1s0", "enp1s0", "eth0.100", "Bond_1", "fifteen-letters"])
  func `an interface has whatever name the kernel gives it`(name: String) throws {
    #expect(try load(name).nodes.first?.interfaces.map(\.selector) == [.name(name)])
  }

  @Test(arguments: ["sixteen--letters", "a/b", "a b", "a:1", "..", "."])
  func `a name that the kernel refuses is told with its place`(name: String) {
    let error = #expect(throws: InvalidInput.self) { try load(name) }
    #expect(
      error?.description.contains("zerotouch.yaml:7:84: error: `\(name)` is no name of an interface") == true,
      "\(error?.description ?? "")")
  }
}
