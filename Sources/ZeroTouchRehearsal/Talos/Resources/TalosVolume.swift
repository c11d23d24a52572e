import ZeroTouchModel
import ZeroTouchWorld

/// A disk or a partition as Talos finds it, with what lies on it.
///
/// The fields are those of `DiscoveredVolumes.block.talos.dev` of Talos 1.13.
struct TalosVolume: Sendable {
  let id: String
  /// The disk that it is a part of; nil for the disk itself.
  var parent: Disk?
  let size: Int
  /// What was found: a file system, or a table of partitions.
  var found = ""
  var label = ""
  var partitionLabel = ""

  /// Everything that a machine finds on its disks.
  static func all(on machine: Machine) -> [TalosVolume] {
    machine.disks.flatMap { disk in
      let parts = partitions(of: disk, machine)
      return [TalosVolume(id: disk.name, size: disk.size, found: parts.isEmpty ? "" : "gpt")] + parts
    }
  }

  /// What the image of Talos brings, and what a configured machine makes beside it.
  private static func partitions(of disk: Disk, _ machine: Machine) -> [TalosVolume] {
    guard disk.path == machine.imageDisk ?? machine.installation.flatMap({ _ in machine.disks.first?.path }) else {
      return []
    }
    var found = [("vfat", "EFI"), ("talosmeta", "META")]
    if machine.installation != nil { found += [("xfs", "STATE"), ("xfs", "EPHEMERAL")] }
    return found.enumerated().map { index, part in
      TalosVolume(
        id: disk.name + (disk.name.hasPrefix("nvme") ? "p" : "") + "\(index + 1)", parent: disk, size: 1 << 30,
        found: part.0, label: part.0 == "xfs" ? part.1 : "", partitionLabel: part.1)
    }
  }

  func resource(_ machine: Machine, _ world: World, _ node: String) -> TalosResource {
    let booted = world.timestamp(at: machine.booted)
    let type = parent == nil ? "disk" : "partition"
    var spec: JSONValue = [
      "devPath": .string("/dev/\(id)"), "devicePath": .string("/sys/class/block/\(id)"), "type": .string(type),
      "size": JSONValue(size), "sectorSize": 512, "ioSize": 512, "name": .string(found),
    ]
    if let parent {
      spec["parent"] = .string(parent.name)
      spec["parentDevPath"] = .string(parent.path)
      spec["partitionLabel"] = .string(partitionLabel)
    }
    if !label.isEmpty { spec["label"] = .string(label) }
    return TalosResource(
      node: node, kind: .volume, id: id, version: 1, created: booted,
      updated: booted, spec: spec, columns: [type, "\(size)", found, label, partitionLabel])
  }
}
