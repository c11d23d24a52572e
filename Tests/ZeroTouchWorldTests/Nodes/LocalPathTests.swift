import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

/// Volumes of the local-path provisioner on nodes that run Talos.
struct LocalPathTests {
  static let defaultPath = "/opt/local-path-provisioner"

  func cluster(path: String, enforce: String? = "privileged", binding: String = "WaitForFirstConsumer")
    -> WorkloadWorld
  {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(Manifest.namespace("local-path-storage", enforce: enforce))
    configure(&cluster, path)
    cluster.apply([
      "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": ["name": "local-path"],
      "provisioner": "rancher.io/local-path", "volumeBindingMode": .string(binding),
    ])
    cluster.apply(
      Manifest.deployment(
        "local-path-provisioner", namespace: "local-path-storage", labels: ["app": "local-path-provisioner"]))
    cluster.apply([
      "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": ["name": "data", "namespace": "default"],
      "spec": [
        "storageClassName": "local-path", "accessModes": ["ReadWriteOnce"],
        "resources": ["requests": ["storage": "1Gi"]],
      ],
    ])
    cluster.apply(
      Manifest.deployment(
        "db",
        pod: [
          "containers": [["name": "db", "image": "example/db:v1"]],
          "volumes": [["name": "data", "persistentVolumeClaim": ["claimName": "data"]]],
        ]))
    return cluster
  }

  private func configure(_ cluster: inout WorkloadWorld, _ path: String) {
    cluster.apply([
      "apiVersion": "v1", "kind": "ConfigMap",
      "metadata": ["name": "local-path-config", "namespace": "local-path-storage"],
      "data": [
        "config.json": .string(
          #"{"nodePathMap":[{"node":"DEFAULT_PATH_FOR_NON_LISTED_NODES","paths":["\#(path)"]}]}"#)
      ],
    ])
  }

  private func phase(_ cluster: WorkloadWorld) -> JSONValue? {
    cluster.object(.persistentVolumeClaims, "data")[path: "status", "phase"]
  }

  @Test func `the default path lies on Talos's read-only root: the helper pod says so, and the claim stays pending`() {
    var cluster = cluster(path: Self.defaultPath)
    cluster.after(60)
    let helper = cluster.pods("local-path-storage").first {
      $0[path: "metadata", "name"]?.stringValue?.hasPrefix("helper-pod-create-pvc-") == true
    }
    #expect(helper?[path: "status", "phase"] == "Pending")
    #expect(
      cluster.messages("FailedMount", "local-path-storage") == [
        #"MountVolume.SetUp failed for volume "data" : mkdir /opt/local-path-provisioner: read-only file system"#
      ])
    cluster.after(120)
    #expect(phase(cluster) == "Pending")
    let reason = cluster.messages("ProvisioningFailed").first ?? ""
    #expect(
      reason.hasPrefix(#"failed to provision volume with StorageClass "local-path": failed to create volume pvc-"#))
    #expect(reason.hasSuffix(": create process timeout after 120 seconds"))
    configure(&cluster, "/var/mnt/local-path")
    cluster.after(400)
    #expect(phase(cluster) == "Bound")
    #expect(
      !cluster.pods("local-path-storage").contains {
        $0[path: "spec", "volumes"]?.arrayValue?.contains { $0["hostPath"] != nil } == true
      })
  }

  @Test func `a path under var is where the volume is`() {
    var cluster = cluster(path: "/var/mnt/local-path")
    cluster.after(60)
    #expect(phase(cluster) == "Bound")
    let volume = cluster.world.objects.list(.persistentVolumes).first?.object
    let path = volume?[path: "spec", "hostPath", "path"]?.stringValue ?? ""
    #expect(path.hasPrefix("/var/mnt/local-path/pvc-") && path.hasSuffix("_default_data"))
    #expect(cluster.messages("FailedMount", "local-path-storage").isEmpty)
    #expect(cluster.messages("ProvisioningFailed").isEmpty)
  }

  @Test func `a namespace that forbids folders of the host forbids the helper pod`() {
    var cluster = cluster(path: "/var/mnt/local-path", enforce: nil)
    cluster.after(60)
    #expect(phase(cluster) == "Pending")
    let reason = cluster.messages("ProvisioningFailed").first ?? ""
    #expect(
      reason.hasSuffix(#"is forbidden: violates PodSecurity "baseline:latest": hostPath volumes (volume "data")"#))
    cluster.apply(Manifest.namespace("local-path-storage", enforce: "privileged"))
    cluster.after(120)
    #expect(phase(cluster) == "Bound")
  }

  @Test func `without a consumer there is no node to put a volume on`() {
    var cluster = cluster(path: "/var/mnt/local-path", binding: "Immediate")
    cluster.after(60)
    #expect(phase(cluster) == "Pending")
    #expect(
      cluster.messages("ProvisioningFailed").first?.hasSuffix("configuration error, no node was specified") == true)
  }
}
