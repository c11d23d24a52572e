import ZeroTouchManifests
import ZeroTouchModel

/// A disk that a configuration names by the number the kernel gave it.
struct NamedDisk {
  let name: String
  let location: SourceLocation

  /// Every one of a document: of a machine configuration, of a volume beside it, or of a `talconfig.yaml`.
  static func all(in document: LocatedYAML) -> [NamedDisk] {
    guard let kind = document["kind"]?.text else { return machine(document) + talconfig(document) }
    guard document["apiVersion"]?.text == "v1alpha1", kinds.contains(kind) else { return [] }
    return selectors.compactMap { path in
      guard let text = document.node(at: path)?.text,
        let name = text.firstMatch(of: #/["'](/dev/(sd|nvme|vd|hd)[a-z0-9]+)["']/#)
      else { return nil }
      return NamedDisk(name: String(name.1), location: document.place(at: path))
    }
  }

  private static let kinds: Set<String> = [
    "UserVolumeConfig", "RawVolumeConfig", "VolumeConfig", "SwapVolumeConfig", "ExistingVolumeConfig",
    "UnattendedInstallConfig",
  ]
  private static let selectors = [
    ["provisioning", "diskSelector", "match"], ["discovery", "volumeSelector", "match"],
  ]

  private static func machine(_ document: LocatedYAML) -> [NamedDisk] {
    guard document["machine"]?.entries != nil else { return [] }
    let disks = (document["machine"]?["disks"]?.items ?? []).indices.map { ["machine", "disks", String($0), "device"] }
    return ([["machine", "install", "disk"]] + disks).compactMap { disk(document, $0) }
  }

  private static func talconfig(_ document: LocatedYAML) -> [NamedDisk] {
    guard document["clusterName"]?.text != nil, let nodes = document["nodes"]?.items else { return [] }
    return nodes.indices.compactMap { disk(document, ["nodes", String($0), "installDisk"]) }
  }

  private static func disk(_ document: LocatedYAML, _ path: [String]) -> NamedDisk? {
    guard let name = document.node(at: path)?.text,
      ["/dev/sd", "/dev/nvme", "/dev/vd", "/dev/hd"].contains(where: name.hasPrefix)
    else { return nil }
    return NamedDisk(name: name, location: document.place(at: path))
  }
}
