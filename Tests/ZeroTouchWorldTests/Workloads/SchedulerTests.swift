import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct SchedulerTests {
  private let unhelpful = "preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling."

  private func complaint(_ cluster: WorkloadWorld, _ namespace: String = "default") -> String? {
    cluster.pods(namespace).compactMap { $0.condition("PodScheduled") }.first { $0["status"] == "False" }?["message"]?
      .stringValue
  }

  @Test func `without nodes there is nothing to schedule on`() {
    var cluster = WorkloadWorld()
    cluster.apply(Manifest.deployment("web"))
    #expect(complaint(cluster) == "no nodes available to schedule pods")
  }

  @Test func `an untolerated taint keeps a pod away until it is gone`() {
    var cluster = WorkloadWorld()
    cluster.join("node-1", role: .controlPlane)
    cluster.apply(Manifest.deployment("web"))
    #expect(
      complaint(cluster)
        == "0/1 nodes are available: 1 node(s) had untolerated taint(s). no new claims to deallocate, \(unhelpful)")
    cluster.world.objects.update(ObjectKey(.nodes, "node-1")) { $0[path: "spec", "taints"] = nil }
    cluster.world.settle()
    #expect(complaint(cluster) == nil)
    #expect(cluster.pods()[0][path: "spec", "nodeName"] == "node-1")
  }

  @Test func `selectors and affinity choose the node`() {
    var cluster = WorkloadWorld(nodes: ["node-1", "node-2"])
    cluster.apply(Manifest.deployment("web", pod: ["nodeSelector": ["kubernetes.io/hostname": "node-2"]]))
    #expect(cluster.pods()[0][path: "spec", "nodeName"] == "node-2")
    cluster.apply(Manifest.deployment("lost", pod: ["nodeSelector": ["disk": "ssd"]]))
    #expect(
      complaint(cluster)?.hasPrefix("0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector.")
        == true)
  }

  @Test func `a cordoned node takes no more pods`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.world.objects.update(ObjectKey(.nodes, "node-1")) { $0[path: "spec", "unschedulable"] = true }
    cluster.world.settle()
    cluster.apply(Manifest.deployment("web"))
    #expect(complaint(cluster)?.hasPrefix("0/1 nodes are available: 1 node(s) were unschedulable.") == true)
    cluster.world.objects.update(ObjectKey(.nodes, "node-1")) { $0[path: "spec", "unschedulable"] = nil }
    cluster.world.settle()
    #expect(complaint(cluster) == nil)
  }

  @Test func `two pods cannot have the same port of a node`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    let ports: JSONValue = [
      "containers": [["name": "main", "image": "a", "ports": [["containerPort": 80, "hostPort": 80]]]]
    ]
    cluster.apply(Manifest.namespace("edge", enforce: "privileged"))
    cluster.apply(Manifest.deployment("web", replicas: 2, namespace: "edge", pod: ports))
    #expect(
      complaint(cluster, "edge")
        == "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports. "
        + "no new claims to deallocate, preemption: 0/1 nodes are available: "
        + "1 No preemption victims found for incoming pod.")
  }

  @Test func `the pods of one owner spread over the nodes`() {
    var cluster = WorkloadWorld(nodes: ["node-1", "node-2", "node-3"])
    cluster.apply(Manifest.deployment("web", replicas: 6))
    let nodes = Dictionary(grouping: cluster.pods()) { $0[path: "spec", "nodeName"]?.stringValue ?? "" }
    #expect(nodes.mapValues(\.count) == ["node-1": 2, "node-2": 2, "node-3": 2])
  }

  @Test func `an existing pod's anti-affinity counts against newcomers`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(Manifest.ciliumOperator(replicas: 1))
    cluster.apply(
      Manifest.deployment("other", namespace: "kube-system", labels: ["io.cilium/app": "operator", "x": "y"]))
    #expect(
      complaint(cluster, "kube-system")?.hasPrefix(
        "0/1 nodes are available: 1 node(s) didn't satisfy existing pods anti-affinity rules.") == true)
  }

  @Test func `one operator of two is available on one node, and the second starts when a node joins`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(Manifest.ciliumOperator())
    cluster.after(60)
    let key = ObjectKey(.deployments, "kube-system", "cilium-operator")
    let before = cluster.world.objects[key] ?? .null
    #expect(cluster.condition("Available", of: before) == "MinimumReplicasAvailable=True")
    #expect(cluster.condition("Progressing", of: before) == "ReplicaSetUpdated=True")
    #expect(before[path: "status", "unavailableReplicas"] == 1)
    #expect(
      complaint(cluster, "kube-system")
        == "0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules. no new claims to deallocate, "
        + "preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.")
    #expect(cluster.messages("FailedScheduling", "kube-system").count == 1)
    cluster.join("node-2")
    cluster.after(60)
    let after = cluster.world.objects[key] ?? .null
    #expect(after[path: "status", "readyReplicas"] == 2)
    #expect(cluster.condition("Progressing", of: after) == "NewReplicaSetAvailable=True")
    #expect(after[path: "metadata", "generation"] == before[path: "metadata", "generation"])
    #expect(cluster.messages("ScalingReplicaSet", "kube-system").count == 1)
  }
}
