import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

/// Containers that ask for more than Talos gives.
struct StartFailureTests {
  private func agent(_ cluster: WorkloadWorld) -> JSONValue {
    cluster.pods("kube-system").first { $0[path: "metadata", "labels", "k8s-app"] == "cilium" } ?? .null
  }

  @Test func `an agent with the capabilities of the chart's defaults never starts on Talos, and says so`() {
    var cluster = WorkloadWorld(nodes: ["node-1"], ready: false)
    cluster.apply(Manifest.ciliumAgent(capabilities: ["NET_ADMIN", "SYS_MODULE", "SYS_ADMIN"]))
    cluster.apply(Manifest.ciliumOperator(replicas: 1))
    cluster.after(120)
    let status = agent(cluster)[path: "status", "containerStatuses"]?.arrayValue?.first
    #expect(status?[path: "state", "waiting", "reason"] == "CrashLoopBackOff")
    let end = status?[path: "lastState", "terminated"]
    #expect(end?["reason"] == "StartError" && end?["exitCode"] == 128)
    #expect(end?["message"]?.stringValue?.hasSuffix("unable to apply caps: operation not permitted") == true)
    #expect(
      cluster.messages("Failed", "kube-system").contains {
        $0.contains("unable to apply caps: operation not permitted")
      })
    #expect(cluster.object(.nodes, "node-1", "").condition("Ready")?["status"] == "False")
    cluster.apply(Manifest.ciliumAgent(capabilities: ["NET_ADMIN", "SYS_ADMIN"]))
    cluster.after(120)
    #expect(cluster.object(.nodes, "node-1", "").condition("Ready")?["status"] == "True")
  }

  @Test func `an agent that asks only for what there is starts at once`() {
    var cluster = WorkloadWorld(nodes: ["node-1"], ready: false)
    cluster.apply(Manifest.ciliumAgent(capabilities: ["NET_ADMIN", "SYS_ADMIN"]))
    cluster.apply(Manifest.ciliumOperator(replicas: 1))
    cluster.after(120)
    #expect(cluster.object(.nodes, "node-1", "").condition("Ready")?["status"] == "True")
    #expect(!cluster.messages("Failed", "kube-system").contains { $0.contains("unable to apply caps") })
  }

  @Test func `an init container holds its pod up in the same way, and a privileged one does not`() {
    for isPrivileged in [false, true] {
      var cluster = WorkloadWorld(nodes: ["node-1"])
      let security: JSONValue = ["capabilities": ["add": ["SYS_MODULE"]], "privileged": .bool(isPrivileged)]
      cluster.apply(
        Manifest.daemonSet(
          "modules", namespace: "kube-system",
          pod: [
            "initContainers": [["name": "load", "image": "example/load:v1", "securityContext": security]],
            "containers": [["name": "main", "image": "example/main:v1"]],
          ]))
      cluster.after(60)
      let status = cluster.pods("kube-system")[0]["status"]
      let waiting = status?["initContainerStatuses"]?.arrayValue?.first?[path: "state", "waiting", "reason"]
      #expect((waiting == "CrashLoopBackOff") == !isPrivileged)
      #expect((status?["phase"] == "Running") == isPrivileged)
    }
  }
}
