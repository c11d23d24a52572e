import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct StatefulSetTests {
  private func statefulSet(replicas: Int = 2, image: String = "db:1", claims: Bool = false) -> JSONValue {
    var manifest = Manifest.deployment("db", replicas: replicas, image: image)
    manifest["kind"] = "StatefulSet"
    manifest[path: "spec", "serviceName"] = "db"
    if claims {
      manifest[path: "spec", "volumeClaimTemplates"] = [
        [
          "metadata": ["name": "data"],
          "spec": ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "1Gi"]]],
        ]
      ]
    }
    return manifest
  }

  @Test func `pods come one after the other`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(statefulSet())
    cluster.after(15)
    #expect(cluster.pods().compactMap { $0[path: "metadata", "name"]?.stringValue } == ["db-0"])
    cluster.after(30)
    let set = cluster.object(.statefulSets, "db")
    #expect(set[path: "status", "readyReplicas"] == 2)
    #expect(set[path: "status", "currentRevision"] == set[path: "status", "updateRevision"])
  }

  @Test func `an update replaces the highest pod first`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(statefulSet())
    cluster.after(60)
    cluster.apply(statefulSet(image: "db:2"))
    let images = cluster.pods().map { $0[path: "spec", "containers"]?.arrayValue?.first?["image"]?.stringValue }
    #expect(images == ["db:1", "db:2"])
    cluster.after(60)
    #expect(cluster.object(.statefulSets, "db")[path: "status", "updatedReplicas"] == 2)
  }

  @Test func `claims wait for a consumer and are bound once the provisioner runs`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply([
      "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass",
      "metadata": ["name": "local-path", "annotations": ["storageclass.kubernetes.io/is-default-class": "true"]],
      "provisioner": "rancher.io/local-path", "volumeBindingMode": "WaitForFirstConsumer",
    ])
    cluster.apply([
      "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": ["name": "idle", "namespace": "default"],
      "spec": ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "1Gi"]]],
    ])
    #expect(cluster.object(.persistentVolumeClaims, "idle")[path: "status", "phase"] == "Pending")
    #expect(cluster.messages("WaitForFirstConsumer") == ["waiting for first consumer to be created before binding"])
    cluster.apply(statefulSet(replicas: 1, claims: true))
    cluster.after(120)
    #expect(cluster.object(.persistentVolumeClaims, "data-db-0")[path: "status", "phase"] == "Pending")
    #expect(cluster.messages("ExternalProvisioning").count == 1)
    #expect(cluster.pods()[0][path: "spec", "nodeName"] == nil)
    cluster.apply(Manifest.namespace("local-path-storage", enforce: "privileged"))
    cluster.apply(
      Manifest.deployment(
        "local-path-provisioner", namespace: "local-path-storage", labels: ["app": "local-path-provisioner"]))
    cluster.after(60)
    #expect(cluster.object(.persistentVolumeClaims, "data-db-0")[path: "status", "phase"] == "Bound")
    #expect(cluster.object(.persistentVolumeClaims, "idle")[path: "status", "phase"] == "Pending")
    #expect(cluster.object(.statefulSets, "db")[path: "status", "readyReplicas"] == 1)
  }
}
