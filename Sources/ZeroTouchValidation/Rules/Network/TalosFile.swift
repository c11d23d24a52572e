import ZeroTouchManifests
import ZeroTouchModel

/// A file with a machine configuration of Talos, or a patch of one.
struct TalosFile {
  let file: SourceFile
  /// The main document, which has no kind.
  let main: LocatedYAML
  let configuration: MachineConfiguration

  init?(_ file: SourceFile) {
    let main = file.documents.first { document in
      document["kind"] == nil && document["apiVersion"] == nil
        && (document["machine"]?.entries != nil || document["cluster"]?.entries != nil)
    }
    guard let main, Self.isTalos(main) else { return nil }
    self.file = file
    self.main = main
    configuration = MachineConfiguration(documents: file.documents.map(\.json))
  }

  /// Keys that only a machine configuration has there: many files have a `cluster` of their own.
  private static func isTalos(_ main: LocatedYAML) -> Bool {
    if main["version"]?.text == "v1alpha1" { return true }
    let cluster: Set = [
      "network", "proxy", "inlineManifests", "extraManifests", "controlPlane", "apiServer", "controllerManager", "etcd",
      "allowSchedulingOnControlPlanes", "externalCloudProvider", "coreDNS", "discovery", "scheduler",
    ]
    let machine: Set = [
      "install", "kubelet", "network", "features", "certSANs", "nodeLabels", "nodeTaints", "sysctls", "files", "type",
      "time", "registries", "kernel", "disks", "udev", "sysfs", "logging", "env",
    ]
    let top = Set((main.entries ?? []).map(\.key)).subtracting(["version", "machine", "cluster", "debug", "persist"])
    guard top.isEmpty else { return false }
    let own = (main["machine"]?.entries ?? []).map(\.key)
    let shared = (main["cluster"]?.entries ?? []).map(\.key)
    return !(own + shared).isEmpty && own.allSatisfy(machine.contains)
      && shared.allSatisfy(cluster.contains)
  }

  /// Whether it is all that a machine gets, and not a patch.
  var isWhole: Bool { main["version"]?.text == "v1alpha1" && main["machine"]?["type"] != nil && main["cluster"] != nil }
  var isEncrypted: Bool { main["sops"] != nil }

  func place(_ path: String...) -> SourceLocation { main.place(at: path) }
  func node(_ path: String...) -> LocatedYAML? { main.node(at: path) }
}

extension Survey {
  var talosFiles: [TalosFile] { memory.talosFiles.value { tree.files.compactMap { TalosFile($0) } } }

  /// A violation for every machine configuration or patch that the judge has something to say about.
  func eachTalosFile(_ judge: (TalosFile) -> Rule.Violation?) -> [Rule.Violation] { talosFiles.compactMap(judge) }
}
