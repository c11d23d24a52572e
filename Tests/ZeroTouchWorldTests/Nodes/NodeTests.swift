import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct NodeTests {
  private func ready(_ cluster: WorkloadWorld, _ name: String = "node-1") -> JSONValue? {
    cluster.object(.nodes, name, "").condition("Ready")
  }

  private func taints(_ cluster: WorkloadWorld, _ name: String = "node-1") -> [String] {
    (cluster.object(.nodes, name, "")[path: "spec", "taints"]?.arrayValue ?? []).map {
      "\($0["key"]?.stringValue ?? ""):\($0["effect"]?.stringValue ?? "")"
    }
  }

  @Test func `a node is not ready until the agent on it works`() {
    var cluster = WorkloadWorld(nodes: ["node-1"], ready: false)
    #expect(ready(cluster)?["reason"] == "KubeletNotReady")
    #expect(ready(cluster)?["message"]?.stringValue == NodeConditions.networkMissing)
    #expect(taints(cluster) == ["node.kubernetes.io/not-ready:NoSchedule", "node.kubernetes.io/not-ready:NoExecute"])
    cluster.apply(Manifest.ciliumConfig())
    cluster.apply(Manifest.ciliumAgent())
    cluster.apply(Manifest.ciliumOperator())
    cluster.after(60)
    #expect(ready(cluster)?["status"] == "True")
    #expect(taints(cluster) == [])
    #expect(cluster.object(.nodes, "node-1", "").condition("NetworkUnavailable")?["reason"] == "CiliumIsUp")
    #expect(cluster.world.objects[ObjectKey(.ciliumNodes, "node-1")] != nil)
  }

  @Test func `the agent waits for the operator's resources`() {
    var cluster = WorkloadWorld(nodes: ["node-1"], ready: false)
    cluster.apply(Manifest.ciliumAgent())
    cluster.after(600)
    #expect(ready(cluster)?["status"] == "False")
    let agent = cluster.pods("kube-system")[0]
    #expect(
      cluster.world.logs(of: agent, container: "cilium-agent").contains("Waiting until all Cilium CRDs are available"))
    let early = cluster.world.execute(
      command: ["cilium-dbg", "status", "--brief"], in: agent, container: "cilium-agent")
    #expect(early.status == 1)
    cluster.apply(Manifest.ciliumOperator())
    cluster.after(60)
    #expect(ready(cluster)?["status"] == "True")
    let healthy = cluster.world.execute(
      command: ["cilium-dbg", "status", "--brief"], in: agent, container: "cilium-agent")
    #expect(healthy == ExecOutcome(standardOutput: "OK\n"))
  }

  @Test func `without the local API balancer the agent crashes with its reason`() {
    var cluster = WorkloadWorld()
    cluster.world.registerNode(
      NodeRegistration(name: "node-1", role: .worker, address: "203.0.113.10", hasKubePrism: false))
    cluster.apply(Manifest.ciliumAgent())
    cluster.apply(Manifest.ciliumOperator(replicas: 1))
    cluster.after(120)
    let agent = cluster.pods("kube-system").first { $0[path: "metadata", "labels", "k8s-app"] == "cilium" } ?? .null
    #expect(cluster.world.logs(of: agent, container: "cilium-agent").contains("localhost:7445"))
    #expect(ready(cluster)?["status"] == "False")
    cluster.world.setKubePrism(true, on: "node-1")
    cluster.after(400)
    #expect(ready(cluster)?["status"] == "True")
  }

  @Test func `pods without host network wait for the network`() {
    var cluster = WorkloadWorld(nodes: ["node-1"], ready: false)
    cluster.apply(Manifest.deployment("web", pod: ["tolerations": [["operator": "Exists"]]]))
    cluster.after(60)
    #expect(cluster.messages("NetworkNotReady").first == "network is not ready: \(NodeConditions.networkMissing)")
    #expect(cluster.pods()[0][path: "status", "podIP"] == nil)
    cluster.apply(Manifest.ciliumAgent())
    cluster.apply(Manifest.ciliumOperator())
    cluster.after(120)
    #expect(cluster.pods()[0].condition("Ready")?["status"] == "True")
    #expect(cluster.pods()[0][path: "status", "podIP"]?.stringValue?.hasPrefix("10.244.0.") == true)
  }

  @Test func `a silent node is unknown after forty seconds and loses its pods after five minutes`() {
    var cluster = WorkloadWorld(nodes: ["node-1", "node-2"])
    cluster.apply(Manifest.deployment("web", replicas: 2))
    cluster.after(60)
    cluster.world.nodeHeartbeatsStop("node-2")
    cluster.after(39)
    #expect(ready(cluster, "node-2")?["status"] == "True")
    cluster.after(2)
    #expect(ready(cluster, "node-2")?["status"] == "Unknown")
    #expect(taints(cluster, "node-2").contains("node.kubernetes.io/unreachable:NoExecute"))
    #expect(cluster.object(.deployments, "web")[path: "status", "readyReplicas"] == 1)
    cluster.after(330)
    #expect(cluster.pods().allSatisfy { $0[path: "spec", "nodeName"] == "node-1" })
    #expect(cluster.object(.deployments, "web")[path: "status", "readyReplicas"] == 2)
    cluster.world.nodeHeartbeatsResume("node-2")
    cluster.after(5)
    #expect(ready(cluster, "node-2")?["status"] == "True")
    #expect(taints(cluster, "node-2") == [])
  }

  @Test func `a removed node takes its pods along and its daemons are not missed`() {
    var cluster = WorkloadWorld(nodes: ["node-1", "node-2"])
    cluster.apply(Manifest.daemonSet("logs"))
    cluster.after(60)
    #expect(cluster.object(.daemonSets, "logs")[path: "status", "numberReady"] == 2)
    cluster.world.removeNode("node-2")
    cluster.after(1)
    let status = cluster.object(.daemonSets, "logs")["status"]
    #expect(status?["desiredNumberScheduled"] == 1)
    #expect(cluster.pods().count == 1)
  }

  @Test func `nodes get their blocks from the cluster's own pod network`() {
    var cluster = WorkloadWorld()
    cluster.world.kubelets.podNetwork = CIDRBlock("10.32.0.0/14") ?? Network().podCIDR
    cluster.world.registerNode(name: "far", role: .worker, address: "203.0.113.9", podCIDRIndex: 258)
    #expect(cluster.object(.nodes, "far", "")[path: "spec", "podCIDR"] == "10.33.2.0/24")
    cluster.world.registerNode(name: "near", role: .worker, address: "203.0.113.8")
    #expect(cluster.object(.nodes, "near", "")[path: "spec", "podCIDR"] == "10.32.0.0/24")
  }

  @Test func `a rebooted node is not ready until its agent works again`() {
    var cluster = WorkloadWorld(nodes: ["node-1"], ready: false)
    cluster.apply(Manifest.ciliumAgent())
    cluster.apply(Manifest.ciliumOperator(replicas: 1))
    cluster.after(60)
    cluster.world.restartContainers(on: "node-1")
    #expect(ready(cluster)?["status"] == "False")
    cluster.after(10)
    #expect(ready(cluster)?["status"] == "True")
  }

  @Test func `a rebooted machine starts its containers again`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(Manifest.deployment("web", pod: ["hostNetwork": true]).inKubeSystem)
    cluster.after(60)
    cluster.world.restartContainers(on: "node-1")
    #expect(cluster.pods("kube-system")[0].condition("Ready")?["status"] == "False")
    cluster.after(10)
    #expect(cluster.pods("kube-system")[0].condition("Ready")?["status"] == "True")
  }
}

extension JSONValue {
  fileprivate var inKubeSystem: JSONValue {
    var manifest = self
    manifest[path: "metadata", "namespace"] = "kube-system"
    return manifest
  }
}
