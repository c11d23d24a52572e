import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct GatewayTests {
  private static let group = "gateway.networking.k8s.io"

  private func definition(
    _ kind: String, _ plural: String, versions: [String] = ["v1"], unserved: [String] = []
  ) -> JSONValue {
    let versions = (versions + unserved).enumerated().map { index, name -> JSONValue in
      [
        "name": .string(name), "served": .bool(!unserved.contains(name)), "storage": .bool(index == 0),
        "subresources": ["status": [:]],
        "schema": ["openAPIV3Schema": ["type": "object", "x-kubernetes-preserve-unknown-fields": true]],
      ]
    }
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
        ], "versions": .array(versions),
      ],
    ]
  }

  private func installGatewayAPI(in cluster: inout WorkloadWorld) {
    for (kind, plural) in [
      ("GatewayClass", "gatewayclasses"), ("Gateway", "gateways"), ("HTTPRoute", "httproutes"),
      ("GRPCRoute", "grpcroutes"),
    ] { cluster.apply(definition(kind, plural)) }
    cluster.apply(definition("ReferenceGrant", "referencegrants", versions: ["v1beta1"]))
    cluster.after(2)
  }

  private func installCilium(in cluster: inout WorkloadWorld, version: String = "v1.19.6") {
    cluster.apply(Manifest.ciliumConfig())
    cluster.apply(Manifest.ciliumOperator(replicas: 1, version: version))
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

  @Test func `an operator of 1.19 crashes where TLSRoute is defined but not served in the version that it indexes`() {
    var cluster = WorkloadWorld(nodes: ["node-1"], ready: false)
    installGatewayAPI(in: &cluster)
    cluster.apply(definition("TLSRoute", "tlsroutes", unserved: ["v1alpha2"]))
    cluster.apply(Manifest.ciliumAgent())
    installCilium(in: &cluster)
    let pod = cluster.pods("kube-system").first { $0[path: "metadata", "labels", "name"] == "cilium-operator" } ?? .null
    let status = pod[path: "status", "containerStatuses"]?.arrayValue?.first
    #expect(status?[path: "state", "waiting", "reason"] == "CrashLoopBackOff")
    #expect(status?[path: "lastState", "terminated", "exitCode"] == 1)
    #expect(
      cluster.world.logs(of: pod, container: "cilium-operator").contains(
        #"no matches for kind \"TLSRoute\" in version \"gateway.networking.k8s.io/v1alpha2\""#))
    // It ends before it registers what the agents wait for.
    #expect(cluster.object(.nodes, "node-1", "").condition("Ready")?["status"] == "False")
    cluster.world.objects.remove(ObjectKey(.customResourceDefinitions, "tlsroutes.gateway.networking.k8s.io"))
    cluster.after(600)
    #expect(cluster.object(.nodes, "node-1", "").condition("Ready")?["status"] == "True")
    cluster.apply(gatewayClass)
    #expect(condition("Accepted", cluster, ObjectKey(.gatewayClasses, "cilium")) == "Accepted=True")
  }

  @Test(arguments: [["v1", "v1alpha2"], ["v1"]])
  func `an operator of 1.19 runs where TLSRoute is served as it wants it, or does not name that version`(
    versions: [String]
  ) {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    installGatewayAPI(in: &cluster)
    cluster.apply(definition("TLSRoute", "tlsroutes", versions: versions))
    installCilium(in: &cluster)
    cluster.apply(gatewayClass)
    #expect(condition("Accepted", cluster, ObjectKey(.gatewayClasses, "cilium")) == "Accepted=True")
  }

  @Test func `a definition that comes after the operator started does not end it, but the next start`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    installGatewayAPI(in: &cluster)
    installCilium(in: &cluster)
    cluster.apply(definition("TLSRoute", "tlsroutes", unserved: ["v1alpha2"]))
    cluster.after(300)
    #expect(cluster.pods("kube-system")[0].condition("Ready")?["status"] == "True")
    let name = cluster.pods("kube-system")[0][path: "metadata", "name"]?.stringValue ?? ""
    cluster.world.delete(ObjectKey(.pods, "kube-system", name))
    cluster.after(60)
    #expect(cluster.pods("kube-system")[0].condition("Ready")?["status"] == "False")
  }

  @Test func `an operator of 1.20 leaves a Gateway API alone that is too old for it`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    installGatewayAPI(in: &cluster)
    installCilium(in: &cluster, version: "v1.20.0")
    cluster.apply(gatewayClass)
    #expect(condition("Accepted", cluster, ObjectKey(.gatewayClasses, "cilium")) == "-=-")
    let log = cluster.world.logs(of: cluster.pods("kube-system")[0], container: "cilium-operator")
    #expect(log.contains("Required GatewayAPI resources are not found"))
    #expect(log.contains(#"CRD \"referencegrants.gateway.networking.k8s.io\" does not have version \"v1\""#))
  }
}
