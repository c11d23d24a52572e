import ZeroTouchModel

/// What kind puts into a new cluster: DNS, the proxy, its network and its storage.
///
/// Read from kind v0.32: `pkg/cluster/internal/create/actions` and the manifests in its node image.
enum KindManifests {
  static let kubernetes = SemanticVersion(1, 36, 1)
  static let osImage = "Debian GNU/Linux 13 (trixie)"

  static let all: [JSONValue] =
    dns + [
      daemonSet("kube-proxy", image: "registry.k8s.io/kube-proxy:v\(kubernetes)"),
      daemonSet("kindnet", image: "docker.io/kindest/kindnetd:v20260528-9d53a6a8"),
    ] + storage

  private static let dns: [JSONValue] = [
    deployment(
      "coredns", in: "kube-system", labels: ["k8s-app": "kube-dns"], replicas: 2,
      image: "registry.k8s.io/coredns/coredns:v1.14.2"),
    [
      "apiVersion": "v1", "kind": "Service", "metadata": ["name": "kube-dns", "namespace": "kube-system"],
      "spec": [
        "clusterIP": "10.96.0.10", "selector": ["k8s-app": "kube-dns"],
        "ports": [
          ["name": "dns", "port": 53, "protocol": "UDP"], ["name": "dns-tcp", "port": 53, "protocol": "TCP"],
        ],
      ],
    ],
  ]

  private static let storage: [JSONValue] = [
    [
      "apiVersion": "v1", "kind": "Namespace",
      "metadata": [
        "name": "local-path-storage", "labels": ["pod-security.kubernetes.io/enforce": "privileged"],
      ],
    ],
    deployment(
      "local-path-provisioner", in: "local-path-storage", labels: ["app": "local-path-provisioner"], replicas: 1,
      image: "docker.io/kindest/local-path-provisioner:v20260213-ea8e5717"),
    [
      "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass",
      "metadata": ["name": "standard", "annotations": ["storageclass.kubernetes.io/is-default-class": "true"]],
      "provisioner": "rancher.io/local-path", "volumeBindingMode": "WaitForFirstConsumer", "reclaimPolicy": "Delete",
    ],
  ]

  private static func daemonSet(_ name: String, image: String) -> JSONValue {
    let labels: JSONValue = ["k8s-app": .string(name)]
    return [
      "apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": ["name": .string(name), "namespace": "kube-system"],
      "spec": [
        "selector": ["matchLabels": labels],
        "template": [
          "metadata": ["labels": labels],
          "spec": [
            "hostNetwork": true, "tolerations": [["operator": "Exists"]],
            "containers": [["name": .string(name), "image": .string(image)]],
          ],
        ],
      ],
    ]
  }

  private static func deployment(
    _ name: String, in namespace: String, labels: JSONValue, replicas: Int, image: String
  ) -> JSONValue {
    [
      "apiVersion": "apps/v1", "kind": "Deployment",
      "metadata": ["name": .string(name), "namespace": .string(namespace)],
      "spec": [
        "replicas": JSONValue(replicas), "selector": ["matchLabels": labels],
        "template": [
          "metadata": ["labels": labels],
          "spec": [
            "tolerations": [["key": "node-role.kubernetes.io/control-plane", "effect": "NoSchedule"]],
            "containers": [["name": .string(name), "image": .string(image)]],
          ],
        ],
      ],
    ]
  }
}
