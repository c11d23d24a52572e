import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

/// What Cilium writes into the status of routes and listeners.
struct RouteTests {
  private func cluster() -> WorkloadWorld {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.installGatewayAPI()
    cluster.installCilium()
    cluster.apply(GatewayManifest.gatewayClass)
    return cluster
  }

  /// `type=status reason: message` of the conditions at the first parent.
  private func conditions(_ cluster: WorkloadWorld, _ resource: GroupResource = .httpRoutes) -> [String] {
    let parents = cluster.object(resource, "shop")[path: "status", "parents"]?.arrayValue ?? []
    return (parents.first?["conditions"]?.arrayValue ?? []).map { condition in
      let words = ["type", "status", "reason", "message"].map { condition[$0]?.stringValue ?? "-" }
      return "\(words[0])=\(words[1]) \(words[2]): \(words[3])"
    }
  }

  private func listener(_ cluster: WorkloadWorld) -> JSONValue? {
    cluster.object(.gateways, "public")[path: "status", "listeners"]?.arrayValue?.first
  }

  @Test func `a route whose Gateway and Service exist is accepted, and the listener counts it`() {
    var cluster = cluster()
    cluster.apply(GatewayManifest.gateway())
    cluster.apply(GatewayManifest.service())
    #expect(listener(cluster)?["attachedRoutes"] == 0)
    cluster.apply(GatewayManifest.route())
    #expect(
      conditions(cluster) == [
        "Accepted=True Accepted: Accepted HTTPRoute", "ResolvedRefs=True ResolvedRefs: Service reference is valid",
      ])
    let parent = cluster.object(.httpRoutes, "shop")[path: "status", "parents"]?.arrayValue?.first
    #expect(parent?["controllerName"] == "io.cilium/gateway-controller")
    #expect(parent?["parentRef"] == ["name": "public"])
    #expect(listener(cluster)?["attachedRoutes"] == 1)
  }

  @Test func `a route without its Gateway has no status until the Gateway comes`() {
    var cluster = cluster()
    cluster.apply(GatewayManifest.service())
    cluster.apply(GatewayManifest.route())
    #expect(cluster.object(.httpRoutes, "shop")["status"] == nil)
    cluster.apply(GatewayManifest.gateway())
    #expect(conditions(cluster).first == "Accepted=True Accepted: Accepted HTTPRoute")
  }

  @Test func `a route to a Service that is missing says so, and no more once it is there`() {
    var cluster = cluster()
    cluster.apply(GatewayManifest.gateway())
    cluster.apply(GatewayManifest.route(kind: "GRPCRoute"))
    #expect(
      conditions(cluster, .grpcRoutes) == [
        "Accepted=True Accepted: Accepted GRPCRoute",
        #"ResolvedRefs=False BackendNotFound: Service "shop" not found"#,
      ])
    cluster.apply(GatewayManifest.service())
    #expect(conditions(cluster, .grpcRoutes).last == "ResolvedRefs=True ResolvedRefs: Service reference is valid")
  }

  @Test(
    arguments: [
      (
        ["name": "public", "sectionName": "https"], [], "NoMatchingParent: No matching listener with sectionName https"
      ),
      (["name": "public", "port": 8080], [], "NoMatchingParent: No matching listener with port 8080"),
      (["name": "public"], ["shop.example.org"], "NoMatchingListenerHostname: No matching listener hostname"),
    ] as [(JSONValue, [JSONValue], String)])
  func `a route that no listener fits is refused in words`(parent: JSONValue, hostnames: [JSONValue], words: String) {
    var cluster = cluster()
    cluster.apply(GatewayManifest.gateway(listeners: [GatewayManifest.http(hostname: "*.example.com")]))
    cluster.apply(GatewayManifest.service())
    cluster.apply(GatewayManifest.route(parent: parent, hostnames: hostnames))
    #expect(conditions(cluster).first == "Accepted=False \(words)")
    cluster.apply(GatewayManifest.route(hostnames: ["shop.example.com"]))
    #expect(conditions(cluster).first == "Accepted=True Accepted: Accepted HTTPRoute")
  }

  @Test func `a Gateway takes routes of other namespaces only where it says so`() {
    var cluster = cluster()
    cluster.apply(Manifest.namespace("edge"))
    cluster.apply(GatewayManifest.gateway(namespace: "edge"))
    cluster.apply(GatewayManifest.service())
    cluster.apply(GatewayManifest.route(parent: ["name": "public", "namespace": "edge"]))
    #expect(
      conditions(cluster).first
        == "Accepted=False NotAllowedByListeners: HTTPRoute is not allowed to attach to this Gateway due to namespace restrictions"
    )
    cluster.apply(GatewayManifest.gateway(namespace: "edge", listeners: [GatewayManifest.http(from: "All")]))
    #expect(conditions(cluster).first == "Accepted=True Accepted: Accepted HTTPRoute")
  }

  @Test func `a Service of another namespace needs a grant`() {
    var cluster = cluster()
    cluster.apply(Manifest.namespace("data"))
    cluster.apply(GatewayManifest.gateway())
    cluster.apply(GatewayManifest.service(namespace: "data"))
    cluster.apply(GatewayManifest.route(backend: ["name": "shop", "namespace": "data", "port": 80]))
    #expect(
      conditions(cluster).last == "ResolvedRefs=False RefNotPermitted: Cross namespace references are not allowed")
    cluster.apply([
      "apiVersion": "gateway.networking.k8s.io/v1beta1", "kind": "ReferenceGrant",
      "metadata": ["name": "routes", "namespace": "data"],
      "spec": [
        "from": [["group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "namespace": "default"]],
        "to": [["group": "", "kind": "Service"]],
      ],
    ])
    #expect(conditions(cluster).last == "ResolvedRefs=True ResolvedRefs: Service reference is valid")
  }

  @Test func `a listener without its certificate makes its Gateway useless until the Secret is there`() {
    var cluster = cluster()
    let https: JSONValue = [
      "name": "https", "port": 443, "protocol": "HTTPS", "tls": ["certificateRefs": [["name": "gateway-tls"]]],
    ]
    cluster.apply(GatewayManifest.gateway(listeners: [https]))
    let before = cluster.object(.gateways, "public")
    #expect(before.condition("Accepted")?["message"] == "No Accepted Listeners")
    #expect(HealthChecks().health(of: before) == ResourceHealth(.degraded, "No Accepted Listeners"))
    cluster.apply([
      "apiVersion": "v1", "kind": "Secret", "metadata": ["name": "gateway-tls", "namespace": "default"],
      "type": "kubernetes.io/tls", "data": ["tls.crt": "eA==", "tls.key": "eA=="],
    ])
    #expect(cluster.object(.gateways, "public").condition("Accepted")?["status"] == "True")
  }

  @Test func `the words of other controllers stay`() {
    var cluster = cluster()
    cluster.apply(GatewayManifest.gateway())
    cluster.apply(GatewayManifest.service())
    cluster.apply(GatewayManifest.route())
    let other: JSONValue = ["parentRef": ["name": "other"], "controllerName": "example.org/other", "conditions": []]
    cluster.world.objects.update(ObjectKey(.httpRoutes, "default", "shop")) { route in
      let own = route[path: "status", "parents"]?.arrayValue ?? []
      route[path: "status", "parents"] = .array([other] + own)
    }
    cluster.world.settle()
    cluster.apply(GatewayManifest.route(hostnames: ["shop.example.com"]))
    let parents = cluster.object(.httpRoutes, "shop")[path: "status", "parents"]?.arrayValue ?? []
    #expect(parents.count == 2 && parents.first == other)
  }
}
