import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct DaemonSetTests {
  private func status(_ cluster: WorkloadWorld) -> JSONValue { cluster.object(.daemonSets, "logs")["status"] ?? .null }

  @Test func `a daemon set takes the nodes whose taints it tolerates`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.join("cp-1", role: .controlPlane)
    cluster.apply(Manifest.daemonSet("logs"))
    cluster.after(60)
    #expect(status(cluster)["desiredNumberScheduled"] == 1)
    cluster.apply(
      Manifest.daemonSet(
        "logs", pod: ["tolerations": [["key": "node-role.kubernetes.io/control-plane", "operator": "Exists"]]]))
    cluster.after(60)
    #expect(status(cluster)["desiredNumberScheduled"] == 2)
    #expect(status(cluster)["updatedNumberScheduled"] == 2)
    #expect(status(cluster)["numberAvailable"] == 2)
  }

  @Test func `a cordoned node keeps its daemon`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(Manifest.daemonSet("logs"))
    cluster.after(60)
    cluster.world.objects.update(ObjectKey(.nodes, "node-1")) { $0[path: "spec", "unschedulable"] = true }
    cluster.after(1)
    #expect(status(cluster)["numberReady"] == 1)
    cluster.join("node-2")
    cluster.world.objects.update(ObjectKey(.nodes, "node-2")) { $0[path: "spec", "unschedulable"] = true }
    cluster.after(60)
    #expect(status(cluster)["numberReady"] == 2)
  }

  @Test func `a label that no longer fits takes the daemon away`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(Manifest.daemonSet("logs", pod: ["nodeSelector": ["logs": "yes"]]))
    #expect(status(cluster)["desiredNumberScheduled"] == 0)
    for value: JSONValue? in ["yes", nil] {
      cluster.world.objects.update(ObjectKey(.nodes, "node-1")) { $0[path: "metadata", "labels", "logs"] = value }
      cluster.after(30)
      #expect(cluster.pods().count == (value == nil ? 0 : 1))
    }
  }

  @Test func `a new template replaces one pod at a time`() {
    var cluster = WorkloadWorld(nodes: ["node-1", "node-2", "node-3"])
    cluster.apply(Manifest.daemonSet("logs"))
    cluster.after(60)
    cluster.apply(Manifest.daemonSet("logs", image: "example/daemon:v2"))
    var fewest = 3
    for _ in 0..<120 {
      cluster.after(1)
      fewest = min(fewest, status(cluster)["numberReady"]?.intValue ?? 0)
    }
    #expect(fewest == 2)
    #expect(status(cluster)["updatedNumberScheduled"] == 3)
    #expect(status(cluster)["numberReady"] == 3)
    let revisions = cluster.world.objects.list(.controllerRevisions).compactMap { $0.object["revision"]?.intValue }
    #expect(revisions.sorted() == [1, 2])
  }

  @Test func `daemons run on nodes that are not ready yet`() {
    var cluster = WorkloadWorld(nodes: ["node-1"], ready: false)
    cluster.apply(
      Manifest.daemonSet(
        "logs", namespace: "kube-system", pod: ["hostNetwork": true, "tolerations": [["operator": "Exists"]]]))
    cluster.after(60)
    #expect(cluster.object(.daemonSets, "logs", "kube-system")[path: "status", "numberReady"] == 1)
  }

  @Test func `a deleted daemon is created again`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(Manifest.daemonSet("logs"))
    cluster.after(60)
    let first = cluster.pods()[0][path: "metadata", "name"]?.stringValue ?? ""
    cluster.world.delete(ObjectKey(.pods, "default", first))
    cluster.after(10)
    #expect(cluster.pods().count == 1)
    #expect(cluster.pods()[0][path: "metadata", "name"]?.stringValue != first)
    #expect(status(cluster)["numberReady"] == 1)
  }
}
