import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct ContainerTests {
  private func state(_ cluster: WorkloadWorld) -> JSONValue {
    cluster.pods().first?[path: "status", "containerStatuses"]?.arrayValue?.first ?? .null
  }

  @Test func `a crashing container backs off and says so`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.world.containerFaults.set(.crashes(exitCode: 3, log: "panic: no leader"), imagePrefix: "example/app")
    cluster.apply(Manifest.deployment("web"))
    cluster.after(15)
    #expect(state(cluster)[path: "state", "waiting", "reason"] == "CrashLoopBackOff")
    #expect(state(cluster)[path: "lastState", "terminated", "exitCode"] == 3)
    cluster.after(300)
    #expect((state(cluster)["restartCount"]?.intValue ?? 0) > 3)
    let pod = cluster.pods()[0]
    #expect(cluster.world.logs(of: pod, container: "main") == "panic: no leader\n")
    #expect(
      cluster.messages("BackOff").first?.hasPrefix("Back-off restarting failed container main in pod web-") == true)
    cluster.world.containerFaults.set(nil, imagePrefix: "example/app")
    cluster.after(400)
    #expect(state(cluster)["ready"] == true)
  }

  @Test func `an image that cannot be pulled backs off`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.world.containerFaults.set(.neverPulls(), workload: "default/web")
    cluster.apply(Manifest.deployment("web"))
    cluster.after(13)
    #expect(state(cluster)[path: "state", "waiting", "reason"] == "ImagePullBackOff")
    #expect(cluster.messages("Failed").contains("Error: ErrImagePull"))
  }

  @Test func `an image is pulled once for a node`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(Manifest.deployment("web"))
    cluster.after(30)
    cluster.apply(Manifest.deployment("again"))
    cluster.after(4)
    #expect(
      cluster.condition("Available", of: cluster.object(.deployments, "again")) == "MinimumReplicasAvailable=True")
  }

  @Test func `init containers run one after the other before the main one`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(
      Manifest.deployment(
        "web",
        pod: [
          "initContainers": [["name": "first", "image": "a:1"], ["name": "second", "image": "b:1"]],
          "containers": [["name": "main", "image": "c:1"]],
        ]))
    cluster.after(20)
    let pod = cluster.pods()[0]
    let inits = pod[path: "status", "initContainerStatuses"]?.arrayValue ?? []
    #expect(inits[0][path: "state", "terminated", "exitCode"] == 0)
    #expect(inits[1][path: "state", "waiting", "reason"] == "PodInitializing")
    #expect(pod.condition("Initialized")?["reason"] == "ContainersNotInitialized")
    cluster.after(22)
    #expect(cluster.pods()[0].condition("Ready")?["status"] == "True")
  }

  @Test func `a missing secret in the environment holds the container until it exists`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    let reference: JSONValue = ["secretKeyRef": ["name": "token", "key": "value"]]
    cluster.apply(
      Manifest.deployment(
        "web", pod: ["containers": [["name": "main", "image": "a:1", "env": [["name": "T", "valueFrom": reference]]]]]))
    cluster.after(30)
    #expect(state(cluster)[path: "state", "waiting", "reason"] == "CreateContainerConfigError")
    #expect(state(cluster)[path: "state", "waiting", "message"] == "secret \"token\" not found")
    cluster.apply([
      "apiVersion": "v1", "kind": "Secret", "metadata": ["name": "token", "namespace": "default"],
      "data": ["value": "eA=="],
    ])
    cluster.after(4)
    #expect(state(cluster)["ready"] == true)
  }

  @Test func `a missing secret volume keeps the pod creating`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(
      Manifest.deployment(
        "web",
        pod: [
          "volumes": [["name": "tls", "secret": ["secretName": "tls"]]]
        ]))
    cluster.after(60)
    #expect(state(cluster)[path: "state", "waiting", "reason"] == "ContainerCreating")
    #expect(
      cluster.messages("FailedMount") == ["MountVolume.SetUp failed for volume \"tls\" : secret \"tls\" not found"])
  }

  @Test func `an unknown command is refused as a container runtime refuses it`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(Manifest.deployment("web"))
    cluster.after(30)
    let outcome = cluster.world.execute(command: ["bash"], in: cluster.pods()[0], container: "main")
    #expect(outcome.status == 127)
    #expect(outcome.standardError.contains("exec: \"bash\": executable file not found in $PATH"))
  }

  @Test func `a job completes and its pod succeeds`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(job())
    cluster.after(60)
    #expect(cluster.object(.jobs, "once").condition("Complete")?["reason"] == "CompletionsReached")
    #expect(cluster.pods()[0][path: "status", "phase"] == "Succeeded")
  }

  @Test func `a job that keeps failing reaches its limit`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.world.containerFaults.set(.ends(exitCode: 2), workload: "default/once")
    cluster.apply(job())
    cluster.after(600)
    #expect(cluster.object(.jobs, "once").condition("Failed")?["reason"] == "BackoffLimitExceeded")
    #expect(cluster.object(.jobs, "once")[path: "status", "failed"] == 2)
  }

  private func job() -> JSONValue {
    [
      "apiVersion": "batch/v1", "kind": "Job", "metadata": ["name": "once", "namespace": "default"],
      "spec": [
        "backoffLimit": 1,
        "template": ["spec": ["restartPolicy": "Never", "containers": [["name": "main", "image": "a:1"]]]],
      ],
    ]
  }
}
