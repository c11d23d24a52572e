import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct ResourceQuotaTests {
  private static func quota(_ hard: [String: String]) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "ResourceQuota", "metadata": ["name": "tenant", "namespace": "default"],
      "spec": ["hard": JSONValue(hard)],
    ]
  }

  private static func pod(_ resources: JSONValue) -> JSONValue {
    ["containers": [["name": "main", "image": "example/app:v1", "resources": resources]]]
  }

  private static let small: JSONValue = [
    "requests": ["cpu": "100m", "memory": "256Mi"], "limits": ["cpu": "500m", "memory": "512Mi"],
  ]

  @Test func `pods are refused in Kubernetes' words once the quota is used, and used is written down`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(Self.quota(["limits.cpu": "1", "limits.memory": "2Gi", "requests.cpu": "4", "pods": "10"]))
    cluster.apply(Manifest.deployment("web", replicas: 3, pod: Self.pod(Self.small)))
    #expect(cluster.pods().count == 2)
    let message = cluster.messages("FailedCreate").first ?? ""
    #expect(message.hasPrefix("Error creating: pods \"web-"))
    #expect(
      message.hasSuffix(
        "is forbidden: exceeded quota: tenant, requested: limits.cpu=500m, used: limits.cpu=1, limited: limits.cpu=1"))
    #expect(cluster.condition("ReplicaFailure", of: cluster.object(.deployments, "web")) == "FailedCreate=True")
    let status = cluster.object(.resourceQuotas, "tenant")["status"]
    #expect(status?["used"] == ["limits.cpu": "1", "limits.memory": "1Gi", "requests.cpu": "200m", "pods": "2"])
    #expect(status?["hard"] == cluster.object(.resourceQuotas, "tenant")[path: "spec", "hard"])
  }

  @Test func `a larger quota lets the next attempt pass`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(Self.quota(["limits.cpu": "1"]))
    cluster.apply(Manifest.deployment("web", replicas: 3, pod: Self.pod(Self.small)))
    cluster.apply(Self.quota(["limits.cpu": "1500m"]))
    cluster.after(30)
    #expect(cluster.pods().count == 3)
    #expect(cluster.object(.resourceQuotas, "tenant")[path: "status", "used"] == ["limits.cpu": "1500m"])
  }

  @Test func `a container without figures is refused, and gets those of a LimitRange`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(Self.quota(["limits.cpu": "4", "requests.memory": "4Gi"]))
    cluster.apply(Manifest.deployment("web"))
    #expect(cluster.pods().isEmpty)
    #expect(
      cluster.messages("FailedCreate").first?.hasSuffix(
        "failed quota: tenant: must specify limits.cpu for: main; requests.memory for: main") == true)
    cluster.apply([
      "apiVersion": "v1", "kind": "LimitRange", "metadata": ["name": "tenant", "namespace": "default"],
      "spec": [
        "limits": [
          [
            "type": "Container", "default": ["cpu": "500m", "memory": "256Mi"],
            "defaultRequest": ["cpu": "50m", "memory": "64Mi"],
          ]
        ]
      ],
    ])
    cluster.after(30)
    let resources = cluster.pods().first?[path: "spec", "containers"]?.arrayValue?.first?["resources"]
    #expect(
      resources == [
        "limits": ["cpu": "500m", "memory": "256Mi"], "requests": ["cpu": "50m", "memory": "64Mi"],
      ])
    #expect(
      cluster.object(.resourceQuotas, "tenant")[path: "status", "used"]
        == ["limits.cpu": "500m", "requests.memory": "64Mi"])
  }

  @Test func `what a client sends is held to the quota as well`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(Self.quota(["services.nodeports": "0", "persistentvolumeclaims": "1", "requests.storage": "10Gi"]))
    let service: JSONValue = [
      "apiVersion": "v1", "kind": "Service", "metadata": ["name": "open", "namespace": "default"],
      "spec": ["type": "NodePort", "ports": [["port": 80]]],
    ]
    guard case .failure(let failure) = cluster.world.apply(service, manager: "test") else {
      Issue.record("the Service was admitted")
      return
    }
    #expect(failure.status == 403)
    #expect(
      failure.message
        == "services \"open\" is forbidden: exceeded quota: tenant, requested: services.nodeports=1, used: services.nodeports=0, limited: services.nodeports=0"
    )
    func claim(_ name: String, _ size: String) -> JSONValue {
      [
        "apiVersion": "v1", "kind": "PersistentVolumeClaim",
        "metadata": ["name": .string(name), "namespace": "default"],
        "spec": ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": .string(size)]]],
      ]
    }
    cluster.apply(claim("first", "10Gi"))
    guard case .failure(let second) = cluster.world.apply(claim("second", "1Gi"), manager: "test") else {
      Issue.record("the claim was admitted")
      return
    }
    #expect(
      second.message.hasSuffix(
        "requested: persistentvolumeclaims=1,requests.storage=1Gi, used: persistentvolumeclaims=1,requests.storage=10Gi, limited: persistentvolumeclaims=1,requests.storage=10Gi"
      ))
  }

  @Test(arguments: [
    ("500m", "500m"), ("8", "8"), ("0.5", "500m"), ("6656Mi", "6656Mi"), ("1024Mi", "1Gi"), ("1000", "1k"),
    ("2.5", "2500m"),
  ])
  func `amounts are written as Kubernetes writes them`(text: String, written: String) throws {
    #expect(try #require(ResourceAmount(.string(text))).description == written)
  }

  @Test func `an init container counts where it asks for more than what runs after it, one that stays with the others`()
  {
    let spec: JSONValue = [
      "initContainers": [
        ["name": "migrate", "resources": ["limits": ["cpu": "2"]]],
        ["name": "archiver", "restartPolicy": "Always", "resources": ["limits": ["cpu": "250m"]]],
      ],
      "containers": [["name": "main", "resources": ["limits": ["cpu": "500m"]]]],
    ]
    #expect(ResourceCharge(["spec": spec], .pods).amounts["limits.cpu"]?.description == "2")
    var light = spec
    light["initContainers"] = .array(Array(spec["initContainers"]?.arrayValue?.dropFirst() ?? []))
    #expect(ResourceCharge(["spec": light], .pods).amounts["limits.cpu"]?.description == "750m")
  }
}
