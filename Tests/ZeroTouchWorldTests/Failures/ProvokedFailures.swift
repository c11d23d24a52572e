import Foundation
import Testing
import ZeroTouchManifests
import ZeroTouchModel

@testable import ZeroTouchWorld

/// Worlds in which a known failure is provoked, by the failure's name.
enum ProvokedFailures {
  static let worlds: [String: @Sendable () throws -> World] = [
    "no-network-plugin": { WorkloadWorld(nodes: ["node-1"], ready: false).world },
    "kubeprism-off": {
      var cluster = WorkloadWorld(nodes: ["node-1"], ready: false)
      cluster.world.kubelets.kubePrism["node-1"] = false
      return cluster.withCilium().world
    },
    "capabilities-refused": {
      var cluster = WorkloadWorld(nodes: ["node-1"], ready: false)
      cluster.apply(Manifest.ciliumAgent(capabilities: ["NET_ADMIN", "SYS_MODULE"]))
      cluster.after(120)
      return cluster.world
    },
    "cilium-definitions-missing": {
      var cluster = WorkloadWorld(nodes: ["node-1"], ready: false)
      cluster.apply(Manifest.ciliumAgent())
      cluster.after(120)
      return cluster.world
    },
    "second-operator-waits": {
      var cluster = WorkloadWorld(nodes: ["node-1"])
      cluster.apply(Manifest.ciliumAgent())
      cluster.apply(Manifest.ciliumOperator(replicas: 2))
      cluster.after(120)
      return cluster.world
    },
    "dns-loses-answers": { try HostDNSTests().argo(["enable-bpf-masquerade": "true"], patch: "machine: {}").world },
    "gateway-versions-clash": {
      var cluster = WorkloadWorld(nodes: ["node-1"], ready: false)
      cluster.installGatewayAPI()
      cluster.apply(GatewayManifest.definition("TLSRoute", "tlsroutes", unserved: ["v1alpha2"]))
      return cluster.withCilium().world
    },
    "gateway-definitions-late": {
      var cluster = WorkloadWorld(nodes: ["node-1"])
      cluster.installCilium()
      cluster.installGatewayAPI()
      cluster.apply(GatewayManifest.gatewayClass)
      cluster.after(60)
      return cluster.world
    },
    "gateway-class-missing": {
      var cluster = WorkloadWorld(nodes: ["node-1"])
      cluster.installGatewayAPI()
      cluster.installCilium()
      return cluster.world
    },
    "address-not-announced": {
      var cluster = ServiceAddressTests.cluster()
      for node in ["node-1", "node-2"] {
        cluster.world.objects.update(ObjectKey(.nodes, node)) {
          $0[path: "metadata", "labels", "node.kubernetes.io/exclude-from-external-load-balancers"] = ""
        }
      }
      let selector: JSONValue = [
        "matchExpressions": [
          ["key": "node.kubernetes.io/exclude-from-external-load-balancers", "operator": "DoesNotExist"]
        ]
      ]
      cluster.apply(ServiceAddressTests.pool())
      cluster.apply(ServiceAddressTests.policy(nodes: selector))
      cluster.after(60)
      return cluster.world
    },
    "pod-security-refuses": {
      var cluster = WorkloadWorld(nodes: ["node-1"])
      let pod: JSONValue = [
        "volumes": [["name": "data", "hostPath": ["path": "/var/data"]]],
        "containers": [["name": "main", "image": "a:1"]],
      ]
      cluster.apply(Manifest.deployment("web", pod: pod))
      return cluster.world
    },
    "volume-folder-read-only": {
      var cluster = LocalPathTests().cluster(path: LocalPathTests.defaultPath)
      cluster.after(60)
      return cluster.world
    },
    "volume-waits-for-pod": {
      var cluster = LocalPathTests().cluster(path: "/var/mnt/local-path")
      cluster.world.delete(ObjectKey(.deployments, "default", "db"))
      cluster.world.delete(ObjectKey(.persistentVolumeClaims, "default", "data"))
      cluster.after(60)
      cluster.apply([
        "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": ["name": "lone", "namespace": "default"],
        "spec": [
          "storageClassName": "local-path", "accessModes": ["ReadWriteOnce"],
          "resources": ["requests": ["storage": "1Gi"]],
        ],
      ])
      cluster.after(60)
      return cluster.world
    },
    "kind-without-network": {
      var cluster = WorkloadWorld(nodes: ["kind-control-plane"], ready: false)
      cluster.world.objects.update(ObjectKey(.nodes, "kind-control-plane")) {
        $0[path: "spec", "providerID"] = "kind://docker/kind/kind-control-plane"
      }
      return cluster.world
    },
  ]
}

extension WorkloadWorld {
  /// The same with Cilium's agent and operator, after some time.
  func withCilium() -> WorkloadWorld {
    var cluster = self
    cluster.apply(Manifest.ciliumAgent())
    cluster.installCilium()
    cluster.after(60)
    return cluster
  }
}
