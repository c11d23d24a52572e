import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct LargeClusterTests {
  @Test func `two hundred nodes with five daemons settle in few looks`() {
    var cluster = WorkloadWorld()
    cluster.apply(Manifest.ciliumConfig())
    cluster.apply(Manifest.ciliumAgent())
    cluster.apply(Manifest.ciliumOperator())
    for name in ["a", "b", "c", "d"] { cluster.apply(Manifest.daemonSet(name)) }
    for number in 0..<200 {
      cluster.join("node-\(number)", address: "10.0.\(number / 250).\(number % 250)", ready: false)
    }
    let joined = cluster.world.workloads.reconciles
    cluster.after(300)
    #expect(cluster.world.objects.count(.pods) == 1002)
    #expect(cluster.object(.daemonSets, "cilium", "kube-system")[path: "status", "numberReady"] == 200)
    #expect(cluster.object(.daemonSets, "d")[path: "status", "numberReady"] == 200)
    for (name, count) in cluster.world.workloads.reconciles { #expect(count - (joined[name] ?? 0) < 60, "\(name)") }
  }

  @Test func `the same calls give the same world`() {
    func run() -> [String] {
      var cluster = WorkloadWorld(nodes: ["node-1", "node-2"])
      cluster.apply(Manifest.deployment("web", replicas: 5))
      cluster.apply(Manifest.daemonSet("logs"))
      cluster.after(120)
      return cluster.world.objects.resources.flatMap { cluster.world.objects.list($0).map { $0.object.text() } }
    }
    #expect(run() == run())
  }
}
