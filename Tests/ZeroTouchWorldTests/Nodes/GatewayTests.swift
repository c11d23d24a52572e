import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct GatewayTests {
  private static let group = "gateway.networking.k8s.io"

  private func definition(_ kind: String, _ plural: String) -> JSONValue {
    let version: JSONValue = [
      "name": "v1", "served": true, "storage": true, "subresources": ["status": [:]],
      "schema": ["openAPIV3Schema": ["type": "object", "x-kubernetes-preserve-unknown-fields": true]],
    ]
    return [
      "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
      "metadata": [
        "name": .string("\(plural).\(Self.group)"),
        "annotations": ["api-approved.kubernetes.io": "https://example.invalid/approval"],
      ],
      "spec": [
        "group": .string(Self.group), "scope": kind == "GatewayClass" ? "Cluster" : "Namespaced",
        "names": [
          "kind": .string(kind), "plural": .string(plural), "singular": .string(kind.lowercased()),
          "listKind": .string(kind + "List"),
        ], "versions": [version],
      ],
    ]
  }

  private func installGatewayAPI(in cluster: inout WorkloadWorld) {
    for (kind, plural) in [
      ("GatewayClass", "gatewayclasses"), ("Gateway", "gateways"), ("HTTPRoute", "httproutes"),
      ("GRPCRoute", "grpcroutes"), ("ReferenceGrant", "referencegrants"),
    ] { cluster.apply(definition(kind, plural)) }
    cluster.after(2)
  }

  private func installCilium(in cluster: inout WorkloadWorld) {
    cluster.apply(Manifest.ciliumConfig())
    cluster.apply(Manifest.ciliumOperator(replicas: 1))
    cluster.after(60)
  }

  private var gatewayClass: JSONValue {
    [
      "apiVersion": "gateway.networking.k8s.io/v1", "kind": "GatewayClass", "metadata": ["name": "cilium"],
      "spec": ["controllerName": "io.cilium/gateway-controller"],
    ]
  }

  private var gateway: JSONValue {
    [
      "apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway",
      "metadata": ["name": "public", "namespace": "default"],
      "spec": [
        "gatewayClassName": "cilium", "listeners": [["name": "http", "port": 80, "protocol": "HTTP"]],
      ],
    ]
  }

  private func condition(_ type: String, _ cluster: WorkloadWorld, _ key: ObjectKey) -> String {
    let found = cluster.world.objects[key]?.condition(type)
    return "\(found?["reason"]?.stringValue ?? "-")=\(found?["status"]?.stringValue ?? "-")"
  }

  @Test func `a class is accepted when the Gateway API came before the operator`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    installGatewayAPI(in: &cluster)
    installCilium(in: &cluster)
    cluster.apply(gatewayClass)
    #expect(condition("Accepted", cluster, ObjectKey(.gatewayClasses, "cilium")) == "Accepted=True")
  }

  @Test func `an operator that started first never accepts until it is restarted`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    installCilium(in: &cluster)
    installGatewayAPI(in: &cluster)
    cluster.apply(gatewayClass)
    cluster.after(600)
    let key = ObjectKey(.gatewayClasses, "cilium")
    #expect(condition("Accepted", cluster, key) == "-=-")
    let pod = cluster.pods("kube-system")[0]
    #expect(
      cluster.world.logs(of: pod, container: "cilium-operator").contains("Required GatewayAPI resources are not found"))
    let name = pod[path: "metadata", "name"]?.stringValue ?? ""
    cluster.world.delete(ObjectKey(.pods, "kube-system", name))
    cluster.after(60)
    #expect(condition("Accepted", cluster, key) == "Accepted=True")
  }

  @Test func `a gateway is programmed once a pool gives it an address`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    installGatewayAPI(in: &cluster)
    installCilium(in: &cluster)
    cluster.apply(gatewayClass)
    cluster.apply(gateway)
    let key = ObjectKey(.gateways, "default", "public")
    #expect(condition("Programmed", cluster, key) == "AddressNotAssigned=False")
    cluster.apply([
      "apiVersion": "cilium.io/v2", "kind": "CiliumLoadBalancerIPPool", "metadata": ["name": "public"],
      "spec": ["blocks": [["cidr": "198.51.100.8/30"]]],
    ])
    #expect(condition("Programmed", cluster, key) == "Programmed=True")
    let addresses = cluster.world.objects[key]?[path: "status", "addresses"]?.arrayValue
    #expect(addresses?.first?["value"] == "198.51.100.8")
  }
}
