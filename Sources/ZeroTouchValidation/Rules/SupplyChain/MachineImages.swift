import ZeroTouchManifests
import ZeroTouchModel

/// The versions of Talos and of Kubernetes's parts that machine configurations name.
struct MachineImages {
  /// By part: `talos`, `apiServer`, `kubelet`, `controllerManager` and `scheduler`.
  let versions: [String: PlacedVersion]

  private static let images = [
    ("talos", ["machine", "install", "image"]), ("kubelet", ["machine", "kubelet", "image"]),
    ("apiServer", ["cluster", "apiServer", "image"]), ("controllerManager", ["cluster", "controllerManager", "image"]),
    ("scheduler", ["cluster", "scheduler", "image"]),
  ]
  /// Where the documents of Talos 1.14 name them.
  private static let documents = [
    "UnattendedInstallConfig": ("talos", ["installer", "image"]), "KubeletConfig": ("kubelet", ["image"]),
    "KubeAPIServerConfig": ("apiServer", ["image"]),
    "KubeControllerManagerConfig": ("controllerManager", ["image"]), "KubeSchedulerConfig": ("scheduler", ["image"]),
  ]
  /// What a `talconfig.yaml` says for all machines of its cluster.
  private static let talconfig = [("talos", "talosVersion"), ("apiServer", "kubernetesVersion")]

  /// Those of a file; nil where it names none.
  init?(_ file: SourceFile) {
    var found: [String: PlacedVersion] = [:]
    func enter(_ key: String, _ text: String?, _ place: SourceLocation) {
      guard found[key] == nil, let text, let version = SemanticVersion(text) else { return }
      found[key] = PlacedVersion(version: version, location: place)
    }
    for document in file.documents {
      let kind = document["kind"]?.text
      var paths: [(String, [String])] = []
      if kind == nil, document["machine"]?.entries != nil || document["cluster"]?.entries != nil { paths = Self.images }
      if let kind, document["apiVersion"]?.text == "v1alpha1", let path = Self.documents[kind] { paths = [path] }
      for (key, path) in paths {
        let tag = document.node(at: path)?.text?.split(separator: "@").first?.split(separator: ":").last
        enter(key, tag.map(String.init), document.place(at: path))
      }
      guard kind == nil, document["clusterName"]?.text != nil, document["nodes"]?.items != nil else { continue }
      for (key, name) in Self.talconfig { enter(key, document[name]?.text, document.place(at: [name])) }
    }
    guard !found.isEmpty else { return nil }
    versions = found
  }

  /// A version that its Talos refuses, with what it takes.
  struct Refused {
    let version: PlacedVersion
    let lines: ClosedRange<Compatibility.Line>

    var nearest: Compatibility.Line {
      Compatibility.Line(version.version) < lines.lowerBound ? lines.lowerBound : lines.upperBound
    }
  }

  /// What in it its Talos refuses, the API server's version before the others.
  var refused: Refused? {
    guard let talos = versions["talos"]?.version, let lines = Self.window(of: talos) else { return nil }
    let parts = ["apiServer", "kubelet", "controllerManager", "scheduler"].lazy.compactMap { versions[$0] }
    return parts.first { !lines.contains(Compatibility.Line($0.version)) }.map { Refused(version: $0, lines: lines) }
  }

  private static func window(of talos: SemanticVersion) -> ClosedRange<Compatibility.Line>? {
    let line = Compatibility.Line(talos)
    let table = Compatibility.tables.first { $0.key == "talos" }
    // Releases whose configuration nobody renders here, and that check the version all the same.
    return table?.windows.first { $0.line == line }?.partners ?? others[line]
  }

  private static let others: [Compatibility.Line: ClosedRange<Compatibility.Line>] = [
    .init(1, 10): .init(1, 28)...(.init(1, 33)), .init(1, 14): .init(1, 32)...(.init(1, 37)),
  ]
}

extension Survey {
  /// Talos and Kubernetes of every machine configuration in the tree, as far as they are named.
  var machineVersions: [[String: PlacedVersion]] {
    machineImages.map { images in
      var versions = images.versions.filter { $0.key == "talos" }
      versions["kubernetes"] = images.versions["kubelet"] ?? images.versions["apiServer"]
      return versions
    }
  }

  /// The versions that every machine configuration in the tree names.
  var machineImages: [MachineImages] { tree.files.compactMap { MachineImages($0) } }
}
