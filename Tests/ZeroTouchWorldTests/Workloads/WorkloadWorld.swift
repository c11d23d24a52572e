import Foundation
import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

/// A world with the workload controllers, and the sentences tests speak about it.
struct WorkloadWorld {
  var world: World

  init(nodes: [String] = [], ready: Bool = true, controllers: [any Controller] = []) {
    world = World(
      epoch: Date(timeIntervalSince1970: 1_700_000_000),
      controllers: World.workloadControllers + World.apiControllers + controllers)
    world.seedCluster()
    for (index, name) in nodes.enumerated() { join(name, address: "203.0.113.\(10 + index)", ready: ready) }
  }

  mutating func join(
    _ name: String, role: Node.Role = .worker, address: String = "203.0.113.99", taints: [Taint] = [],
    ready: Bool = true
  ) {
    world.registerNode(name: name, role: role, address: address, taints: taints)
    if ready {
      world.kubelets.networkReady.insert(name)
      world.objects.touch(ObjectKey(.nodes, name))
      world.settle()
    }
  }

  mutating func apply(_ manifest: JSONValue) {
    if case .failure(let failure) = world.apply(manifest, manager: "test") {
      Issue.record("apply failed: \(failure.message)")
    }
    world.settle()
  }

  mutating func after(_ seconds: Int) { world.advance(to: world.now + .seconds(seconds)) }

  func pods(_ namespace: String = "default") -> [JSONValue] {
    world.objects.list(.pods, namespace: namespace).map(\.object)
  }

  func object(_ resource: GroupResource, _ name: String, _ namespace: String = "default") -> JSONValue {
    world.objects[ObjectKey(resource, namespace, name)] ?? .null
  }

  func messages(_ reason: String, _ namespace: String = "default") -> [String] {
    world.objects.list(.events, namespace: namespace).filter { $0.object["reason"]?.stringValue == reason }
      .compactMap { $0.object["message"]?.stringValue }
  }

  /// Reason and status of a Deployment's condition, as `reason=status`.
  func condition(_ type: String, of object: JSONValue) -> String {
    let condition = object.condition(type)
    return "\(condition?["reason"]?.stringValue ?? "-")=\(condition?["status"]?.stringValue ?? "-")"
  }
}

/// Manifests that tests apply.
enum Manifest {
  static func deployment(
    _ name: String, replicas: Int = 1, namespace: String = "default", image: String = "example/app:v1",
    labels: [String: String]? = nil, strategy: JSONValue? = nil, pod: JSONValue = [:]
  ) -> JSONValue {
    let labels = JSONValue(labels ?? ["app": name])
    var spec = pod
    if spec["containers"] == nil { spec["containers"] = [["name": "main", "image": .string(image)]] }
    var manifest: JSONValue = [
      "apiVersion": "apps/v1", "kind": "Deployment",
      "metadata": ["name": .string(name), "namespace": .string(namespace), "labels": labels],
      "spec": [
        "replicas": JSONValue(replicas), "selector": ["matchLabels": labels],
        "template": ["metadata": ["labels": labels], "spec": spec],
      ],
    ]
    if let strategy { manifest[path: "spec", "strategy"] = strategy }
    return manifest
  }

  static func daemonSet(
    _ name: String, namespace: String = "default", image: String = "example/daemon:v1",
    labels: [String: String]? = nil, pod: JSONValue = [:]
  ) -> JSONValue {
    var manifest = deployment(name, namespace: namespace, image: image, labels: labels, pod: pod)
    manifest["kind"] = "DaemonSet"
    manifest[path: "spec", "replicas"] = nil
    return manifest
  }

  static func ciliumOperator(replicas: Int = 2, version: String = "v1.19.6") -> JSONValue {
    deployment(
      "cilium-operator", replicas: replicas, namespace: "kube-system",
      labels: ["io.cilium/app": "operator", "name": "cilium-operator"],
      strategy: ["type": "RollingUpdate", "rollingUpdate": ["maxSurge": "25%", "maxUnavailable": "50%"]],
      pod: [
        "hostNetwork": true, "tolerations": [["operator": "Exists"]],
        "containers": [["name": "cilium-operator", "image": .string("quay.io/cilium/operator-generic:\(version)")]],
        "affinity": [
          "podAntiAffinity": [
            "requiredDuringSchedulingIgnoredDuringExecution": [
              [
                "labelSelector": ["matchLabels": ["io.cilium/app": "operator"]],
                "topologyKey": "kubernetes.io/hostname",
              ]
            ]
          ]
        ],
      ])
  }

  static func ciliumAgent(capabilities: [JSONValue] = []) -> JSONValue {
    daemonSet(
      "cilium", namespace: "kube-system", labels: ["k8s-app": "cilium"],
      pod: [
        "hostNetwork": true, "tolerations": [["operator": "Exists"]],
        "containers": [
          [
            "name": "cilium-agent", "image": "quay.io/cilium/cilium:v1.19.6",
            "securityContext": ["capabilities": ["add": .array(capabilities), "drop": ["ALL"]]],
          ]
        ],
      ])
  }

  static func ciliumConfig() -> JSONValue {
    [
      "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "cilium-config", "namespace": "kube-system"],
      "data": ["enable-gateway-api": "true"],
    ]
  }

  static func namespace(_ name: String, enforce: String? = nil) -> JSONValue {
    var manifest: JSONValue = ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]]
    if let enforce { manifest[path: "metadata", "labels", "pod-security.kubernetes.io/enforce"] = .string(enforce) }
    return manifest
  }
}
