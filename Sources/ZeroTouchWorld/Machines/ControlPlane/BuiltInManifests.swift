import ZeroTouchManifests
import ZeroTouchModel

/// What Talos puts into a new cluster by itself: DNS, and the network and the proxy unless they are switched off.
struct BuiltInManifests {
  private let configuration: MachineConfiguration

  init(_ configuration: MachineConfiguration) { self.configuration = configuration }

  /// Their names among Talos's resources.
  var names: [String] {
    var names = ["00-kubelet-bootstrapping-token", "01-csr-approver-role-binding", "01-csr-node-bootstrap"]
    names += ["01-csr-renewal-role-binding", "02-kube-system-sa-role-binding"]
    if configuration.cni == "flannel" { names.append("05-flannel") }
    if configuration.isProxyEnabled { names.append("10-kube-proxy") }
    if configuration.isCoreDNSEnabled { names += ["11-core-dns", "11-core-dns-svc"] }
    return names + ["11-kube-config-in-cluster"]
  }

  /// In Talos's order.
  var all: [JSONValue] {
    var all: [JSONValue] = []
    if configuration.cni == "flannel" { all += flannel }
    if configuration.isProxyEnabled { all += proxy }
    if configuration.isCoreDNSEnabled { all += coreDNS }
    return all
  }

  private var flannel: [JSONValue] {
    let pods = configuration.podSubnets.first ?? ""
    return [
      account("flannel"), binding("flannel", role: "flannel"),
      object(
        "v1", "ConfigMap", "kube-flannel-cfg",
        ["data": ["net-conf.json": .string(#"{"Network":"\#(pods)","Backend":{"Port":4789,"Type":"vxlan"}}"#)]]),
      daemonSet("kube-flannel", app: "flannel", account: "flannel", image: "ghcr.io/siderolabs/flannel:v0.28.4"),
    ]
  }

  private var proxy: [JSONValue] {
    let image =
      configuration.cluster[path: "proxy", "image"]?.stringValue
      ?? "registry.k8s.io/kube-proxy:\(configuration.kubernetesVersion)"
    return [
      account("kube-proxy"), binding("kube-proxy", role: "system:node-proxier"),
      daemonSet("kube-proxy", app: "kube-proxy", account: "kube-proxy", image: image),
    ]
  }

  private func daemonSet(_ name: String, app: String, account: String, image: String) -> JSONValue {
    let labels: JSONValue = ["k8s-app": .string(app), "tier": "node"]
    return object(
      "apps/v1", "DaemonSet", name,
      [
        "metadata": ["labels": labels],
        "spec": [
          "selector": ["matchLabels": labels],
          "template": [
            "metadata": ["labels": labels],
            "spec": [
              "hostNetwork": true, "serviceAccountName": .string(account),
              "priorityClassName": "system-node-critical",
              "containers": [["name": .string(name), "image": .string(image)]],
              "tolerations": [
                ["effect": "NoSchedule", "operator": "Exists"], ["effect": "NoExecute", "operator": "Exists"],
              ],
            ],
          ],
        ],
      ])
  }

  private func account(_ name: String) -> JSONValue { object("v1", "ServiceAccount", name, [:]) }

  private func binding(_ name: String, role: String) -> JSONValue {
    [
      "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": ["name": .string(name)],
      "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": .string(role)],
      "subjects": [["kind": "ServiceAccount", "name": .string(name), "namespace": "kube-system"]],
    ]
  }

  /// An object of kube-system.
  private func object(_ apiVersion: String, _ kind: String, _ name: String, _ rest: JSONValue) -> JSONValue {
    var object = rest
    object["apiVersion"] = .string(apiVersion)
    object["kind"] = .string(kind)
    object[path: "metadata", "name"] = .string(name)
    object[path: "metadata", "namespace"] = "kube-system"
    return object
  }
}

extension BuiltInManifests {
  private static let dnsLabels: JSONValue = ["k8s-app": "kube-dns"]
  private static let dnsServiceLabels: JSONValue = [
    "k8s-app": "kube-dns", "kubernetes.io/cluster-service": "true", "kubernetes.io/name": "CoreDNS",
  ]

  private var coreDNS: [JSONValue] {
    let image =
      configuration.cluster[path: "coreDNS", "image"]?.stringValue ?? "registry.k8s.io/coredns/coredns:v1.14.2"
    return [
      account("coredns"), binding("coredns", role: "system:coredns"),
      object("v1", "ConfigMap", "coredns", ["data": ["Corefile": .string(corefile)]]),
      object("apps/v1", "Deployment", "coredns", ["metadata": ["labels": Self.dnsLabels], "spec": deployment(image)]),
      object("v1", "Service", "kube-dns", ["metadata": ["labels": Self.dnsServiceLabels], "spec": service]),
    ]
  }

  private func deployment(_ image: String) -> JSONValue {
    [
      "replicas": 2, "selector": ["matchLabels": Self.dnsLabels],
      "strategy": ["type": "RollingUpdate", "rollingUpdate": ["maxUnavailable": 1]],
      "template": ["metadata": ["labels": Self.dnsLabels], "spec": dnsPod(image)],
    ]
  }

  private func dnsPod(_ image: String) -> JSONValue {
    [
      "serviceAccountName": "coredns", "priorityClassName": "system-cluster-critical", "dnsPolicy": "Default",
      "nodeSelector": ["kubernetes.io/os": "linux"],
      "containers": [
        [
          "name": "coredns", "image": .string(image), "args": ["-conf", "/etc/coredns/Corefile"],
          "ports": [
            ["name": "dns", "containerPort": 53, "protocol": "UDP"],
            ["name": "dns-tcp", "containerPort": 53, "protocol": "TCP"],
            ["name": "metrics", "containerPort": 9153, "protocol": "TCP"],
          ],
          "resources": ["limits": ["memory": "170Mi"], "requests": ["cpu": "100m", "memory": "70Mi"]],
        ]
      ],
      "tolerations": [
        ["key": "node-role.kubernetes.io/control-plane", "operator": "Exists", "effect": "NoSchedule"],
        ["key": "node.cloudprovider.kubernetes.io/uninitialized", "operator": "Exists", "effect": "NoSchedule"],
      ],
    ]
  }

  private var service: JSONValue {
    let port = { (name: String, number: JSONValue, kind: JSONValue) -> JSONValue in
      ["name": .string(name), "port": number, "protocol": kind, "targetPort": number]
    }
    var spec: JSONValue = [
      "selector": Self.dnsLabels,
      "ports": [port("dns", 53, "UDP"), port("dns-tcp", 53, "TCP"), port("metrics", 9153, "TCP")],
    ]
    if let address = dnsAddress {
      spec["clusterIP"] = .string(address)
      spec["clusterIPs"] = [.string(address)]
    }
    return spec
  }

  /// The tenth address of the services' block.
  private var dnsAddress: String? {
    guard let block = configuration.serviceSubnets.first.flatMap({ CIDRBlock($0) }) else { return nil }
    var bytes = block.base.bytes
    bytes[bytes.count - 1] += 10
    guard bytes.count == 4 else { return nil }
    return IPAddress(bytes[0], bytes[1], bytes[2], bytes[3]).description
  }

  private var corefile: String {
    """
    .:53 {
        errors
        health {
            lameduck 5s
        }
        ready
        kubernetes \(configuration.dnsDomain) in-addr.arpa ip6.arpa {
            pods insecure
            fallthrough in-addr.arpa ip6.arpa
            ttl 30
        }
        prometheus :9153
        forward . /etc/resolv.conf
        cache 30
        loop
        reload
        loadbalance
    }

    """
  }
}
