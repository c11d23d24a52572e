import ZeroTouchManifests
import ZeroTouchModel

extension World {
  /// Shows a control plane's own pods in the API, as its kubelet does once the node and the local etcd exist.
  mutating func createStaticPods(of address: IPAddress) {
    guard let machine = machines[address], let installation = machine.installation, installation.hasNode,
      installation.etcd.isMember, isServing
    else { return }
    for component in StaticPod.all(installation.configuration) {
      let key = ObjectKey(.pods, "kube-system", "\(component.name)-\(machine.hostname)")
      guard objects[key] == nil else { continue }
      _ = apply(component.manifest(on: machine.hostname), manager: "kubelet")
    }
    settle()
  }
}

/// A part of the control plane that the kubelet starts from a file.
private struct StaticPod {
  let name: String
  let image: String

  static func all(_ configuration: MachineConfiguration) -> [StaticPod] {
    ["kube-apiserver": "apiServer", "kube-controller-manager": "controllerManager", "kube-scheduler": "scheduler"]
      .sorted { $0.key < $1.key }
      .map { name, field in
        let image = configuration.cluster[path: field, "image"]?.stringValue
        return StaticPod(name: name, image: image ?? "registry.k8s.io/\(name):\(configuration.kubernetesVersion)")
      }
  }

  func manifest(on node: String) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "Pod",
      "metadata": [
        "name": .string("\(name)-\(node)"), "namespace": "kube-system",
        "labels": ["component": .string(name), "k8s-app": .string(name), "tier": "control-plane"],
        "annotations": ["kubernetes.io/config.source": "file", "kubernetes.io/config.mirror": .string(name)],
      ],
      "spec": [
        "nodeName": .string(node), "hostNetwork": true, "priorityClassName": "system-cluster-critical",
        "tolerations": [["operator": "Exists", "effect": "NoExecute"]],
        "containers": [["name": .string(name), "image": .string(image)]],
      ],
    ]
  }
}
