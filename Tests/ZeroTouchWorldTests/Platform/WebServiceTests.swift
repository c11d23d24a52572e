import Foundation
import Testing
import ZeroTouchManifests
import ZeroTouchModel

@testable import ZeroTouchWorld

/// The platform's WebService in a cluster in which Cilium, Crossplane and the workloads really run.
struct WebServiceTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "platform/apis").path

  private func cluster() throws -> WorkloadWorld {
    var cluster = WorkloadWorld(nodes: ["node-1"], controllers: World.platformControllers)
    cluster.installGatewayAPI()
    cluster.installCilium()
    cluster.apply(GatewayManifest.gatewayClass)
    for name in ["gateway", "crossplane-system"] { cluster.apply(Manifest.namespace(name)) }
    cluster.apply(
      Manifest.deployment(
        "crossplane", namespace: "crossplane-system",
        pod: [
          "serviceAccountName": "crossplane",
          "containers": [["name": "crossplane", "image": "example/crossplane:v2.3.4"]],
        ]))
    for manifest in CrossplaneRoles.core { cluster.apply(manifest) }
    cluster.after(60)
    for name in ["function-patch-and-transform", "function-cel-filter", "function-auto-ready"] {
      cluster.apply([
        "apiVersion": "pkg.crossplane.io/v1", "kind": "Function", "metadata": ["name": .string(name)],
        "spec": ["package": .string("xpkg.crossplane.io/crossplane-contrib/\(name):v1.0.0")],
      ])
    }
    for file in ["crossplane-role.yaml", "webservice/definition.yaml", "webservice/composition.yaml"] {
      let text = try String(contentsOfFile: "\(Self.folder)/\(file)", encoding: .utf8)
      for manifest in try YAMLDocuments.parse(text, file: file) { cluster.apply(manifest) }
    }
    cluster.after(60)
    cluster.apply([
      "apiVersion": "platform.bizmatters.io/v1alpha1", "kind": "WebService",
      "metadata": ["name": "shop", "namespace": "default"],
      "spec": ["image": "shop:1", "http": ["hostname": "shop.example.com"]],
    ])
    cluster.after(60)
    return cluster
  }

  private func ready(_ cluster: WorkloadWorld) -> JSONValue? {
    cluster.object(GroupResource("webservices", "platform.bizmatters.io"), "shop").condition("Ready")
  }

  @Test func `a WebService is ready once the platform's Gateway has taken its route`() throws {
    var cluster = try cluster()
    #expect(cluster.object(.deployments, "shop")[path: "status", "readyReplicas"] == 2)
    #expect(ready(cluster)?["status"] == "False")
    #expect(HealthChecks().health(of: cluster.object(.httpRoutes, "shop"))?.message == "Waiting for HTTPRoute status")
    cluster.apply(
      GatewayManifest.gateway("platform", namespace: "gateway", listeners: [GatewayManifest.http(from: "All")]))
    cluster.after(5)
    #expect(
      HealthChecks().health(of: cluster.object(.httpRoutes, "shop"))
        == ResourceHealth(.healthy, "HTTPRoute is healthy"))
    #expect(ready(cluster)?["status"] == "True")
  }

  @Test func `a WebService whose host name no listener takes is degraded at its route`() throws {
    var cluster = try cluster()
    cluster.apply(
      GatewayManifest.gateway(
        "platform", namespace: "gateway", listeners: [GatewayManifest.http(from: "All", hostname: "*.example.org")]))
    cluster.after(5)
    #expect(
      HealthChecks().health(of: cluster.object(.httpRoutes, "shop"))
        == ResourceHealth(.degraded, "Parent platform: No matching listener hostname"))
  }
}
