import Foundation
import ZeroTouchModel

/// How the local-path provisioner that runs was configured.
struct LocalPathSettings: Sendable {
  private static let otherNodes = "DEFAULT_PATH_FOR_NON_LISTED_NODES"
  /// Where the provisioner and its helper pods run.
  let namespace: String
  let account: String
  let helperImage: String
  private let paths: [String: String]

  /// Reads the settings of a provisioner's pod: its arguments and the ConfigMap they name.
  init(_ pod: JSONValue, in world: World) {
    namespace = pod[path: "metadata", "namespace"]?.stringValue ?? ""
    account = pod[path: "spec", "serviceAccountName"]?.stringValue ?? "default"
    let container = pod[path: "spec", "containers"]?.arrayValue?.first
    let words = ["command", "args"].flatMap { container?[$0]?.arrayValue ?? [] }.compactMap(\.stringValue)
    func option(_ name: String) -> String? {
      words.firstIndex(of: name).flatMap { words.indices.contains($0 + 1) ? words[$0 + 1] : nil }
    }
    helperImage = option("--helper-image") ?? "busybox"
    let settings = world.objects[ObjectKey(.configMaps, namespace, option("--configmap-name") ?? "local-path-config")]
    let text = settings?["data"]?["config.json"]?.stringValue ?? ""
    let entries = (try? JSONValue(parsing: Data(text.utf8)))?["nodePathMap"]?.arrayValue ?? []
    paths = Dictionary(
      entries.compactMap { entry in
        guard let node = entry["node"]?.stringValue, let path = entry["paths"]?.arrayValue?.first?.stringValue else {
          return nil
        }
        return (node, path)
      }, uniquingKeysWith: { $1 })
  }

  /// The folder that holds a node's volumes.
  func folder(on node: String) -> String { paths[node] ?? paths[Self.otherNodes] ?? "/var/local-path-provisioner" }

  /// The pod that makes the folder of a volume on a node.
  func helper(_ volume: String, on node: String) -> JSONValue {
    let folder = folder(on: node)
    return [
      "apiVersion": "v1", "kind": "Pod",
      "metadata": ["name": .string(Self.helperName(volume)), "namespace": .string(namespace)],
      "spec": [
        "nodeName": .string(node), "restartPolicy": "Never", "serviceAccountName": .string(account),
        "tolerations": [["key": "node.kubernetes.io/disk-pressure", "operator": "Exists", "effect": "NoSchedule"]],
        "volumes": [
          ["name": "data", "hostPath": ["path": .string(folder + "/"), "type": "DirectoryOrCreate"]]
        ],
        "containers": [
          [
            "name": "helper-pod", "image": .string(helperImage), "command": ["/bin/sh", "/script/setup"],
            "volumeMounts": [["name": "data", "mountPath": .string(folder)]],
          ]
        ],
      ],
    ]
  }

  static func helperName(_ volume: String) -> String { String("helper-pod-create-\(volume)".prefix(128)) }
}
