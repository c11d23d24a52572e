import Foundation
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools
import ZeroTouchWorld

@testable import ZeroTouchRehearsal

struct KindDoorTests {
  private struct Laptop: Sendable {
    let folder: String
    let clock = ManualClock()
    let host: WorldHost

    init(_ folder: String) {
      self.folder = folder
      var world = World.assembled(epoch: Date(timeIntervalSince1970: 1_790_000_000))
      world.isServing = false
      host = WorldHost(
        world, endpoint: APIEndpoint(port: 1, prefix: "secret"), clock: clock, speed: 1, errands: RefusingErrandRunner()
      )
    }

    var kind: Kind { Kind(cluster: "demo", kubeconfig: "\(folder)/kubeconfig") }

    func run(_ invocation: ToolInvocation) async -> ShimReply { await run(invocation.arguments) }

    func run(_ arguments: [String]) async -> ShimReply {
      await KindDoor().answer(ShimCall(program: "kind", arguments: arguments, directory: folder), host: host)
    }

    /// Has kind make the cluster of a file with these nodes, and lets its time pass.
    func create(_ nodes: String = "") async throws -> ShimReply {
      try "kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n\(nodes)"
        .write(toFile: "\(folder)/cluster.yaml", atomically: true, encoding: .utf8)
      return try await clock.running {
        async let _: Void = host.run()
        return await run(kind.create(from: "\(folder)/cluster.yaml"))
      }
    }

    var nodes: [String] { get async { await host.withWorld { $0.objects.list(.nodes).map(\.key.name) } } }
    var isServing: Bool { get async { await host.withWorld { $0.isServing } } }
  }

  @Test func `a cluster takes its time, and then answers with the nodes of the file`() async throws {
    try await withTemporaryFolder { folder in
      let laptop = Laptop(folder)
      #expect(await laptop.run(Kind.clusters).errorText == "No kind clusters found.\n")
      #expect(await !laptop.isServing)
      #expect(try await laptop.create("nodes: [{role: control-plane}, {role: worker}]\n").status == 0)
      let passed = await laptop.host.withWorld { $0.now }
      #expect(passed >= RealWorld.kindCreation.declared.typical)
      #expect(await laptop.isServing)
      #expect(await laptop.nodes == ["demo-control-plane", "demo-worker"])
      #expect(await laptop.run(Kind.clusters).outputText == "demo\n")
      let kubeconfig = try String(contentsOfFile: "\(folder)/kubeconfig", encoding: .utf8)
      #expect(kubeconfig.contains("current-context: kind-demo\n") && kubeconfig.contains("127.0.0.1:1/secret"))
      let again = await laptop.run(laptop.kind.create(from: "\(folder)/cluster.yaml"))
      #expect(again.status == 1)
      #expect(
        again.errorText
          == "ERROR: failed to create cluster: node(s) already exist for a cluster with the name \"demo\"\n")
    }
  }

  @Test func `a kind that is killed leaves a cluster that is listed and silent, until it is deleted`() async throws {
    try await withTemporaryFolder { folder in
      let laptop = Laptop(folder)
      try "kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n"
        .write(toFile: "\(folder)/cluster.yaml", atomically: true, encoding: .utf8)
      let creation = Task { await laptop.run(laptop.kind.create(from: "\(folder)/cluster.yaml")) }
      while await laptop.run(Kind.clusters).outputText.isEmpty { await Task.yield() }
      creation.cancel()
      #expect(await creation.value.status != 0)
      #expect(await laptop.run(Kind.clusters).outputText == "demo\n")
      #expect(await !laptop.isServing)
      let export = await laptop.run(["export", "kubeconfig", "--name", "demo", "--kubeconfig", "k"])
      #expect(export.errorText.contains("could not locate any control plane nodes"))
      #expect(await laptop.run(laptop.kind.delete).status == 0)
      #expect(await laptop.run(Kind.clusters).outputText.isEmpty)
      #expect(try await laptop.create().status == 0)
      #expect(await laptop.nodes == ["demo-control-plane"])
    }
  }

  @Test func `deleting takes away all that was in the cluster, and its entries in the kubeconfig`() async throws {
    try await withTemporaryFolder { folder in
      let laptop = Laptop(folder)
      #expect(try await laptop.create().status == 0)
      #expect(await laptop.run(laptop.kind.delete).errorText == "Deleting cluster \"demo\" ...\n")
      #expect(await laptop.nodes == [])
      let kubeconfig = try String(contentsOfFile: "\(folder)/kubeconfig", encoding: .utf8)
      #expect(kubeconfig == "apiVersion: v1\nkind: Config\n")
    }
  }

  @Test(arguments: [
    (["load", "docker-image", "x"], "unknown command \"load docker-image x\" for \"kind\""),
    (["get", "clusters", "--name", "x"], "unknown flag: --name"),
    (["create", "cluster", "--name"], "flag needs an argument: --name"),
  ])
  func `what is not played is refused`(_ arguments: [String], _ says: String) async throws {
    let reply = await Laptop("/").run(arguments)
    #expect(reply.status == 1)
    #expect(reply.errorText == "ERROR: \(says)\n")
  }
}
