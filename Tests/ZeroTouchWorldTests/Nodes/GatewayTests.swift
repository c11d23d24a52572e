import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct GatewayTests {
  private func condition(_ type: String, _ cluster: WorkloadWorld, _ key: ObjectKey) -> String {
    let found = cluster.world.objects[key]?.condition(type)
    return "\(found?["reason"]?.stringValue ?? "-")=\(found?["status"]?.stringValue ?? "-")"
  }

  @Test func `a class is accepted when the Gateway API came before the operator`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.installGatewayAPI()
    cluster.installCilium()
    cluster.apply(GatewayManifest.gatewayClass)
    #expect(condition("Accepted", cluster, ObjectKey(.gatewayClasses, "cilium")) == "Accepted=True")
  }

  @Test func `an operator that started first never accepts until it is restarted`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.installCilium()
    cluster.installGatewayAPI()
    cluster.apply(GatewayManifest.gatewayClass)
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

  @Test func `on the nodes' own ports a listener below 1024 needs a proxy that may bind it and keeps the right`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.installGatewayAPI()
    cluster.installCilium()
    var settings = Manifest.ciliumConfig()
    settings[path: "data", "gateway-api-hostnetwork-enabled"] = "true"
    cluster.apply(settings)
    cluster.apply(GatewayManifest.gatewayClass)
    cluster.apply(GatewayManifest.gateway())
    let key = ObjectKey(.gateways, "default", "public")
    for lacking in [GatewayManifest.proxy(capabilities: ["NET_ADMIN"]), GatewayManifest.proxy(arguments: ["--"])] {
      cluster.apply(lacking)
      #expect(condition("Programmed", cluster, key) == "Invalid=False")
      let message = cluster.world.objects[key]?.condition("Programmed")?["message"]
      #expect(message == "listener http: cannot bind '0.0.0.0:80': Permission denied")
      let listener = cluster.world.objects[key]?[path: "status", "listeners"]?.arrayValue?.first
      let told = listener?["conditions"]?.arrayValue?.first { $0["type"] == "Programmed" }
      #expect(told?["status"] == "False")
    }
    cluster.apply(GatewayManifest.proxy())
    #expect(condition("Programmed", cluster, key) == "Programmed=True")
  }

  @Test func `an operator of 1.19 crashes where TLSRoute is defined but not served in the version that it indexes`() {
    var cluster = WorkloadWorld(nodes: ["node-1"], ready: false)
    cluster.installGatewayAPI()
    cluster.apply(GatewayManifest.definition("TLSRoute", "tlsroutes", unserved: ["v1alpha2"]))
    cluster.apply(Manifest.ciliumAgent())
    cluster.installCilium()
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
    cluster.apply(GatewayManifest.gatewayClass)
    #expect(condition("Accepted", cluster, ObjectKey(.gatewayClasses, "cilium")) == "Accepted=True")
  }

  @Test(arguments: [["v1", "v1alpha2"], ["v1"]])
  func `an operator of 1.19 runs where TLSRoute is served as it wants it, or does not name that version`(
    versions: [String]
  ) {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.installGatewayAPI()
    cluster.apply(GatewayManifest.definition("TLSRoute", "tlsroutes", versions: versions))
    cluster.installCilium()
    cluster.apply(GatewayManifest.gatewayClass)
    #expect(condition("Accepted", cluster, ObjectKey(.gatewayClasses, "cilium")) == "Accepted=True")
  }

  @Test func `a definition that comes after the operator started does not end it, but the next start`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.installGatewayAPI()
    cluster.installCilium()
    cluster.apply(GatewayManifest.definition("TLSRoute", "tlsroutes", unserved: ["v1alpha2"]))
    cluster.after(300)
    #expect(cluster.pods("kube-system")[0].condition("Ready")?["status"] == "True")
    let name = cluster.pods("kube-system")[0][path: "metadata", "name"]?.stringValue ?? ""
    cluster.world.delete(ObjectKey(.pods, "kube-system", name))
    cluster.after(60)
    #expect(cluster.pods("kube-system")[0].condition("Ready")?["status"] == "False")
  }

  @Test func `an operator of 1.20 leaves a Gateway API alone that is too old for it`() {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.installGatewayAPI()
    cluster.installCilium(version: "v1.20.0")
    cluster.apply(GatewayManifest.gatewayClass)
    #expect(condition("Accepted", cluster, ObjectKey(.gatewayClasses, "cilium")) == "-=-")
    let log = cluster.world.logs(of: cluster.pods("kube-system")[0], container: "cilium-operator")
    #expect(log.contains("Required GatewayAPI resources are not found"))
    #expect(log.contains(#"CRD \"referencegrants.gateway.networking.k8s.io\" does not have version \"v1\""#))
  }
}
