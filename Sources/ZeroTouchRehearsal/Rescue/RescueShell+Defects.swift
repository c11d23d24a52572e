import ZeroTouchWorld

extension RescueShell {
  /// How the script ends on a machine with something wrong; nil where it goes its way.
  func refusal(of script: InstallScript, on disk: Disk, _ defect: MachineDefect?) -> ShimReply? {
    switch defect {
    case .writeError:
      Self.failing(
        "dd: error writing '\(disk.path)': Input/output error",
        "zerotouch: writing \(disk.path) failed; it is not to be booted",
        "  look at the disk: smartctl -a; or name another one")
    case .data where !script.permitsWiping:
      Self.failing(
        "zerotouch: \(disk.path) carries data (ext4 gpt); nothing was touched",
        "    nvme0n1p1 953.9G ext4 root",
        "  to have it wiped, run again with --wipe and the name of the cluster")
    default: nil
    }
  }

  /// An installed system says so before it looks at any disk.
  static let installedSystem = failing(
    "zerotouch: this is `web01`, not a rescue system; nothing was touched",
    "  boot it into its rescue system, and run again")

  private static func failing(_ lines: String...) -> ShimReply {
    ShimReply(standardError: lines.joined(separator: "\n") + "\n", status: 1)
  }
}
