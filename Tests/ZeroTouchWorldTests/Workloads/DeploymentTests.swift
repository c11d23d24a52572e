import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct DeploymentTests {
  /// Pull and start of one container.
  private let start = 16

  @Test func `a deployment is available once its image is pulled and its container started`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(Manifest.deployment("web", replicas: 2))
    cluster.after(start - 1)
    #expect(
      cluster.condition("Available", of: cluster.object(.deployments, "web")) == "MinimumReplicasUnavailable=False")
    cluster.after(1)
    let deployment = cluster.object(.deployments, "web")
    #expect(cluster.condition("Available", of: deployment) == "MinimumReplicasAvailable=True")
    #expect(cluster.condition("Progressing", of: deployment) == "NewReplicaSetAvailable=True")
    #expect(deployment[path: "status", "readyReplicas"] == 2)
    #expect(deployment[path: "status", "observedGeneration"] == deployment[path: "metadata", "generation"])
    #expect(deployment[path: "status", "unavailableReplicas"] == nil)
  }

  @Test func `the replica set has the deployment's template and the hash label`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(Manifest.deployment("web"))
    let set = cluster.world.objects.list(.replicaSets)[0].object
    var template = set[path: "spec", "template"]
    let hash = template?[path: "metadata", "labels", "pod-template-hash"]?.stringValue ?? ""
    template?[path: "metadata", "labels", "pod-template-hash"] = nil
    #expect(template == cluster.object(.deployments, "web")[path: "spec", "template"])
    #expect(set[path: "metadata", "name"]?.stringValue == "web-\(hash)")
    #expect(set[path: "metadata", "ownerReferences"]?.arrayValue?.first?["kind"] == "Deployment")
    #expect(cluster.pods()[0][path: "metadata", "labels", "pod-template-hash"]?.stringValue == hash)
  }

  @Test func `a new template rolls over without falling below the minimum`() {
    var cluster = WorkloadWorld(nodes: ["node-1", "node-2"])
    cluster.apply(Manifest.deployment("web", replicas: 4))
    cluster.after(60)
    cluster.apply(Manifest.deployment("web", replicas: 4, image: "example/app:v2"))
    var fewest = 4
    var most = 0
    for _ in 0..<120 {
      cluster.after(1)
      fewest = min(fewest, cluster.object(.deployments, "web")[path: "status", "availableReplicas"]?.intValue ?? 0)
      most = max(most, cluster.pods().count)
    }
    #expect(fewest == 3)
    #expect(most == 5)
    #expect(
      cluster.pods().allSatisfy { $0[path: "spec", "containers"]?.arrayValue?.first?["image"] == "example/app:v2" })
    #expect(
      cluster.object(.deployments, "web")[path: "metadata", "annotations", "deployment.kubernetes.io/revision"] == "2")
    #expect(cluster.condition("Progressing", of: cluster.object(.deployments, "web")) == "NewReplicaSetAvailable=True")
  }

  @Test func `going back to an earlier template uses its replica set under a new revision`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    for image in ["example/app:v1", "example/app:v2", "example/app:v1"] {
      cluster.apply(Manifest.deployment("web", image: image))
      cluster.after(100)
    }
    #expect(cluster.world.objects.count(.replicaSets) == 2)
    #expect(
      cluster.object(.deployments, "web")[path: "metadata", "annotations", "deployment.kubernetes.io/revision"] == "3")
    #expect(cluster.pods().count == 1)
  }

  @Test func `scaling follows the size in both directions`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    for size in [3, 5, 1, 0] {
      cluster.apply(Manifest.deployment("web", replicas: size))
      cluster.after(60)
      #expect(cluster.pods().count == size)
      #expect(cluster.object(.deployments, "web")[path: "status", "replicas"]?.intValue ?? 0 == size)
    }
    #expect(cluster.world.objects.count(.replicaSets) == 1)
  }

  @Test func `a rollout that stands still exceeds its deadline after ten minutes and recovers`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.world.containerFaults.set(.neverReady(), imagePrefix: "example/app")
    cluster.apply(Manifest.deployment("web"))
    cluster.after(599)
    #expect(cluster.condition("Progressing", of: cluster.object(.deployments, "web")) == "ReplicaSetUpdated=True")
    cluster.after(2)
    let late = cluster.object(.deployments, "web")
    #expect(cluster.condition("Progressing", of: late) == "ProgressDeadlineExceeded=False")
    let name = cluster.world.objects.list(.replicaSets)[0].key.name
    #expect(
      late.condition("Progressing")?["message"]?.stringValue == "ReplicaSet \"\(name)\" has timed out progressing.")
    cluster.world.containerFaults.set(nil, imagePrefix: "example/app")
    cluster.world.touchNode("node-1")
    cluster.after(30)
    #expect(cluster.condition("Progressing", of: cluster.object(.deployments, "web")) == "NewReplicaSetAvailable=True")
  }

  @Test func `recreate takes the old pods away before the new ones come`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(Manifest.deployment("web", replicas: 2, strategy: ["type": "Recreate"]))
    cluster.after(60)
    cluster.apply(Manifest.deployment("web", replicas: 2, image: "example/app:v2", strategy: ["type": "Recreate"]))
    #expect(cluster.pods().count == 2)
    #expect(
      cluster.pods().allSatisfy { $0[path: "spec", "containers"]?.arrayValue?.first?["image"] == "example/app:v2" })
    cluster.after(60)
    #expect(cluster.condition("Available", of: cluster.object(.deployments, "web")) == "MinimumReplicasAvailable=True")
  }

  @Test func `a deleted deployment takes its replica sets and pods along`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(Manifest.deployment("web"))
    cluster.after(60)
    cluster.world.delete(ObjectKey(.deployments, "default", "web"))
    cluster.world.settle()
    #expect(cluster.world.objects.count(.replicaSets) == 0)
    #expect(cluster.pods().isEmpty)
    #expect(cluster.world.kubelets.work.isEmpty)
  }
}
