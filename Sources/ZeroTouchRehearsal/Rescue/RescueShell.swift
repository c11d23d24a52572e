import ZeroTouchModel
import ZeroTouchWorld

/// The shell of a rescue system, for the few commands a bootstrap needs.
struct RescueShell {
  enum Outcome: Sendable {
    case reply(ShimReply)
    /// The disk is being written; the reply comes at the end.
    case writing(ShimReply, writer: Int)
  }

  let call: ShimCall
  let line: SSHCommandLine
  let address: IPAddress

  func run(_ world: inout World) -> Outcome {
    let words = line.command.split(separator: " ").map { $0.filter { $0 != "'" } }
    let script = call.standardInput.text
    if words.first == "bash" || words.first == "sh" || words.isEmpty {
      guard let install = InstallScript(script) else { return .reply(Self.unknown(Self.firstCommand(of: script))) }
      return perform(install, &world)
    }
    return .reply(answer(words, &world))
  }

  private func answer(_ words: [String], _ world: inout World) -> ShimReply {
    switch words.first {
    case "true": return ShimReply()
    case "grep" where words.last == "/run/zerotouch/written":
      // What the script leaves behind is gone with the next boot.
      return ShimReply(status: world.machines[address]?.isFreshlyWritten == true ? 0 : 1)
    case "hostname": return ShimReply(standardOutput: "rescue\n")
    case "uname": return ShimReply(standardOutput: "Linux\n")
    case "lsblk": return ShimReply(standardOutput: disks(world).text(.indented) + "\n")
    case "cat" where words.last == "/etc/hostname": return ShimReply(standardOutput: "rescue\n")
    case "cat":
      return ShimReply(standardError: "cat: \(words.last ?? ""): No such file or directory\n", status: 1)
    case "reboot":
      world.reboot(address)
      return ShimReply(standardError: "Connection to \(address) closed by remote host.\r\n", status: 255)
    default: return Self.unknown(words.first ?? "")
    }
  }

  private static func unknown(_ command: String) -> ShimReply {
    ShimReply(standardError: "bash: line 1: \(command): command not found\n", status: 127)
  }

  private static func firstCommand(of script: String) -> String {
    let lines = script.split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) && !$0.hasPrefix("#") }
    return lines.first.flatMap { $0.split(separator: " ").first }.map(String.init) ?? ""
  }

  private func disks(_ world: World) -> JSONValue {
    let disks = (world.machines[address]?.disks ?? []).map { disk -> JSONValue in
      [
        "name": .string(disk.name), "path": .string(disk.path), "type": "disk", "size": JSONValue(disk.size),
        "model": .string(disk.model), "serial": .string(disk.serial), "wwn": .string(disk.wwid), "rota": false,
        "tran": .string(disk.name.hasPrefix("nvme") ? "nvme" : "sata"),
      ]
    }
    return ["blockdevices": .array(disks)]
  }

  /// Finds the disk as the script does, and writes it if exactly one fits.
  private func perform(_ script: InstallScript, _ world: inout World) -> Outcome {
    let defect = world.machines[address]?.defect
    if defect == .installed { return .reply(Self.installedSystem) }
    let all = world.machines[address]?.disks ?? []
    let fitting = all.filter(script.fits)
    guard fitting.count == 1, let disk = fitting.first else {
      let list = all.map {
        "PATH=\"\($0.path)\" TYPE=\"disk\" SERIAL=\"\($0.serial)\" MODEL=\"\($0.model)\" WWN=\"\($0.wwid)\""
      }
      return .reply(
        ShimReply(
          standardError: "zerotouch: \(fitting.count) disks fit, exactly one must; the disks are: "
            + "\(list.joined(separator: ";"))\n", status: 1))
    }
    guard !script.imageURL.isEmpty else {
      return .reply(ShimReply(standardError: "curl: (3) URL using bad/illegal format or missing URL\n", status: 3))
    }
    if let refusal = refusal(of: script, on: disk, defect) { return .reply(refusal) }
    if let machine = world.machines[address], machine.isFreshlyWritten, machine.imageDisk == disk.path {
      return .reply(ShimReply(standardOutput: "zerotouch: \(disk.path) holds the image already\n"))
    }
    world.writeImage(to: disk.path, on: address, reboots: script.reboots)
    return .writing(
      ShimReply(standardOutput: "zerotouch: wrote \(script.imageURL) to \(disk.path)\n"),
      writer: world.machines[address]?.writers ?? 0)
  }
}
