import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct EndpointTests {
  private static let service: JSONValue = [
    "apiVersion": "v1", "kind": "Service", "metadata": ["name": "web", "namespace": "default"],
    "spec": ["selector": ["app": "web"], "ports": [["port": 80, "targetPort": 8080]]],
  ]

  private func addresses(_ world: WorkloadWorld, _ list: String = "addresses") -> Int {
    world.object(.endpoints, "web")["subsets"]?.arrayValue?.first?[list]?.arrayValue?.count ?? 0
  }

  @Test func `a Service lists its pods as they become ready and go`() {
    var world = WorkloadWorld(nodes: ["a", "b"])
    world.apply(Self.service)
    world.apply(Manifest.deployment("web", replicas: 2))
    world.apply(Manifest.deployment("other", replicas: 1))
    world.after(2)
    #expect(addresses(world) == 0)
    world.after(60)
    #expect(addresses(world) == 2)
    let slices = world.world.objects.list(.endpointSlices, namespace: "default").map(\.object)
      .filter { $0[path: "metadata", "labels", "kubernetes.io/service-name"] == "web" }
    #expect(slices.count == 1)
    #expect(slices.first?["endpoints"]?.arrayValue?.count == 2)
    #expect(slices.first?["ports"] == [["name": "", "port": 8080, "protocol": "TCP"]])
    world.apply(Manifest.deployment("web", replicas: 1))
    world.after(60)
    #expect(addresses(world) == 1)
    world.world.delete(ObjectKey(.services, "default", "web"))
    world.world.settle()
    #expect(world.object(.endpoints, "web") == .null)
    #expect(
      world.world.objects.list(.endpointSlices, namespace: "default").allSatisfy { !$0.key.name.hasPrefix("web-") })
  }

  @Test func `a slice takes a hundred addresses`() {
    var world = WorkloadWorld(nodes: ["a", "b"])
    world.apply(Self.service)
    world.apply(Manifest.deployment("web", replicas: 150))
    world.after(300)
    let counts = world.world.objects.list(.endpointSlices, namespace: "default").map(\.object)
      .filter { $0[path: "metadata", "labels", "kubernetes.io/service-name"] == "web" }
      .map { $0["endpoints"]?.arrayValue?.count ?? 0 }
    #expect(counts.sorted() == [50, 100])
  }

  @Test func `a budget without a selector holds no pod up, one with an empty selector every pod`() throws {
    var world = WorkloadWorld(nodes: ["a"])
    world.apply(Manifest.deployment("web", replicas: 1))
    var budget: JSONValue = [
      "apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": ["name": "all", "namespace": "default"],
      "spec": ["minAvailable": 1],
    ]
    world.apply(budget)
    world.after(60)
    let pod = try #require(world.world.objects.list(.pods, namespace: "default").first?.key)
    try world.world.admitEviction(of: pod)
    budget[path: "spec", "selector"] = [:]
    world.apply(budget)
    #expect(throws: APIFailure.self) { try world.world.admitEviction(of: pod) }
  }

  @Test func `the index knows the pods of each namespace, and forgets those that went`() throws {
    var world = WorkloadWorld(nodes: ["a"])
    world.apply(Manifest.deployment("web", replicas: 2))
    world.after(60)
    world.world.refreshIndex()
    let pods = world.world.objects.list(.pods, namespace: "default").map(\.key)
    #expect(world.world.index.pods(in: "default").map(\.key).sorted() == pods)
    #expect(world.world.index.pods(in: "elsewhere").isEmpty)
    for pod in pods { world.world.objects.remove(pod) }
    world.world.refreshIndex()
    #expect(world.world.index.pods(in: "default").isEmpty)
  }

  @Test func `a budget refuses the eviction that would break it, and no other`() throws {
    var world = WorkloadWorld(nodes: ["a"])
    world.apply(Manifest.deployment("web", replicas: 3))
    world.apply([
      "apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": ["name": "web", "namespace": "default"],
      "spec": ["maxUnavailable": "34%", "selector": ["matchLabels": ["app": "web"]]],
    ])
    world.after(60)
    let pods = world.world.objects.list(.pods, namespace: "default").map(\.key)
    try world.world.admitEviction(of: pods[0])
    world.world.objects.update(pods[0]) { $0[path: "status", "conditions"] = [["type": "Ready", "status": "False"]] }
    world.world.objects.update(pods[1]) { $0[path: "status", "conditions"] = [["type": "Ready", "status": "False"]] }
    #expect(throws: APIFailure.self) { try world.world.admitEviction(of: pods[2]) }
    do throws(APIFailure) { try world.world.admitEviction(of: pods[2]) } catch {
      #expect(error.status == 429)
      #expect(error.message == "Cannot evict pod as it would violate the pod's disruption budget.")
    }
  }
}
