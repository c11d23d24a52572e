import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct PodSecurityTests {
  private let hostPath: JSONValue = [
    "volumes": [["name": "data", "hostPath": ["path": "/var/data"]]],
    "containers": [["name": "main", "image": "a:1"]],
  ]

  @Test func `a host path is refused where baseline is enforced`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(Manifest.deployment("web", pod: hostPath))
    #expect(cluster.pods().isEmpty)
    let message = cluster.messages("FailedCreate").first ?? ""
    #expect(message.hasPrefix("Error creating: pods \"web-"))
    #expect(
      message.hasSuffix("is forbidden: violates PodSecurity \"baseline:latest\": hostPath volumes (volume \"data\")"))
    #expect(cluster.condition("ReplicaFailure", of: cluster.object(.deployments, "web")) == "FailedCreate=True")
  }

  @Test func `labelling the namespace lets the next attempt pass`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(Manifest.namespace("storage"))
    cluster.apply(Manifest.daemonSet("node-agent", namespace: "storage", pod: hostPath))
    #expect(cluster.pods("storage").isEmpty)
    cluster.apply(Manifest.namespace("storage", enforce: "privileged"))
    cluster.after(30)
    #expect(cluster.object(.daemonSets, "node-agent", "storage")[path: "status", "numberReady"] == 1)
  }

  @Test func `a pod sent by a client is refused likewise`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    let pod: JSONValue = [
      "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "bare", "namespace": "default"], "spec": hostPath,
    ]
    guard case .failure(let failure) = cluster.world.apply(pod, manager: "test") else {
      Issue.record("the pod was admitted")
      return
    }
    #expect(failure.status == 403)
    #expect(
      failure.message
        == "pods \"bare\" is forbidden: violates PodSecurity \"baseline:latest\": hostPath volumes (volume \"data\")")
  }

  @Test func `kube-system is exempt`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(Manifest.deployment("web", namespace: "kube-system", pod: hostPath))
    #expect(cluster.pods("kube-system").count == 1)
  }

  @Test func `host network and privileged containers are named`() {
    let spec: JSONValue = [
      "hostNetwork": true,
      "containers": [["name": "a", "securityContext": ["privileged": true]]],
    ]
    #expect(
      PodSecurity(spec).violations == [
        "host namespaces (hostNetwork=true)",
        "privileged (container \"a\" must not set securityContext.privileged=true)",
      ])
  }
}
