import ZeroTouchModel

@testable import ZeroTouchWorld

/// The Gateway API as tests apply it.
enum GatewayManifest {
  static let group = "gateway.networking.k8s.io"

  static func definition(
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
        "name": .string("\(plural).\(group)"),
        "annotations": ["api-approved.kubernetes.io": "https://example.invalid/approval"],
      ],
      "spec": [
        "group": .string(group), "scope": kind == "GatewayClass" ? "Cluster" : "Namespaced",
        "names": [
          "kind": .string(kind), "plural": .string(plural), "singular": .string(kind.lowercased()),
          "listKind": .string(kind + "List"),
        ], "versions": .array(versions),
      ],
    ]
  }

  static let definitions =
    [
      ("GatewayClass", "gatewayclasses"), ("Gateway", "gateways"), ("HTTPRoute", "httproutes"),
      ("GRPCRoute", "grpcroutes"),
    ].map { definition($0.0, $0.1) } + [definition("ReferenceGrant", "referencegrants", versions: ["v1beta1"])]

  static let gatewayClass: JSONValue = [
    "apiVersion": "gateway.networking.k8s.io/v1", "kind": "GatewayClass", "metadata": ["name": "cilium"],
    "spec": ["controllerName": "io.cilium/gateway-controller"],
  ]

  static func gateway(
    _ name: String = "public", namespace: String = "default", listeners: [JSONValue] = [http()]
  ) -> JSONValue {
    [
      "apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway",
      "metadata": ["name": .string(name), "namespace": .string(namespace)],
      "spec": ["gatewayClassName": "cilium", "listeners": .array(listeners)],
    ]
  }

  static func http(from: String? = nil, hostname: String? = nil) -> JSONValue {
    .members([
      "name": "http", "port": 80, "protocol": "HTTP", "hostname": hostname.map(JSONValue.string),
      "allowedRoutes": from.map { ["namespaces": ["from": .string($0)]] },
    ])
  }

  static func route(
    _ name: String = "shop", kind: String = "HTTPRoute", parent: JSONValue = ["name": "public"],
    hostnames: [JSONValue] = [], backend: JSONValue = ["name": "shop", "port": 80], namespace: String = "default"
  ) -> JSONValue {
    [
      "apiVersion": "gateway.networking.k8s.io/v1", "kind": .string(kind),
      "metadata": ["name": .string(name), "namespace": .string(namespace)],
      "spec": ["parentRefs": [parent], "hostnames": .array(hostnames), "rules": [["backendRefs": [backend]]]],
    ]
  }

  static func service(_ name: String = "shop", namespace: String = "default") -> JSONValue {
    [
      "apiVersion": "v1", "kind": "Service", "metadata": ["name": .string(name), "namespace": .string(namespace)],
      "spec": ["selector": ["app": .string(name)], "ports": [["port": 80]]],
    ]
  }

  /// The proxy of the nodes' own ports, with its rights and with the word that keeps one of them.
  static func proxy(
    capabilities: [JSONValue] = ["NET_ADMIN", "NET_BIND_SERVICE"],
    arguments: [JSONValue] = ["--keep-cap-net-bind-service", "--"]
  ) -> JSONValue {
    let container: JSONValue = [
      "name": "cilium-envoy", "image": "quay.io/cilium/cilium-envoy:v1.36", "args": .array(arguments),
      "securityContext": ["capabilities": ["add": .array(capabilities)]],
    ]
    return [
      "apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": ["name": "cilium-envoy", "namespace": "kube-system"],
      "spec": [
        "selector": ["matchLabels": ["k8s-app": "cilium-envoy"]],
        "template": [
          "metadata": ["labels": ["k8s-app": "cilium-envoy"]], "spec": ["containers": [container]],
        ],
      ],
    ]
  }
}

extension WorkloadWorld {
  mutating func installGatewayAPI() {
    for definition in GatewayManifest.definitions { apply(definition) }
    after(2)
  }

  mutating func installCilium(version: String = "v1.19.6") {
    apply(Manifest.ciliumConfig())
    apply(Manifest.ciliumOperator(replicas: 1, version: version))
    after(60)
  }
}
