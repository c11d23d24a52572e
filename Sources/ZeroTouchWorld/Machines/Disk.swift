package import ZeroTouchModel

/// A disk of a machine, as `lsblk` and a selector see it.
package struct Disk: Sendable, Hashable {
  /// Such as `/dev/nvme0n1`.
  package let path: String
  package let model: String
  package let serial: String
  package let wwid: String
  /// In bytes.
  package let size: Int

  package init(
    path: String, model: String = "SAMSUNG MZVL21T0HCLR", serial: String, wwid: String, size: Int = 1_024_209_543_168
  ) {
    self.path = path
    self.model = model
    self.serial = serial
    self.wwid = wwid
    self.size = size
  }

  package var name: String { path.hasPrefix("/dev/") ? String(path.dropFirst(5)) : path }

  /// Whether the disk is what `machine.install.diskSelector` asks for.
  package func matches(_ selector: JSONValue) -> Bool {
    (selector.objectValue ?? [:]).allSatisfy { key, wanted in
      let text = wanted.stringValue ?? ""
      switch key {
      case "serial": return StarPattern(text).matches(serial)
      case "model": return StarPattern(text).matches(model)
      case "wwid", "uuid": return StarPattern(text).matches(wwid)
      case "type": return text == "ssd" || text == "nvme" && name.hasPrefix("nvme")
      case "size": return DiskSize(text)?.fits(size) ?? false
      default: return false
      }
    }
  }

  /// The selector as the expression Talos makes of it.
  static func expression(_ selector: JSONValue) -> String {
    let text = { (key: String) in selector[key]?.stringValue.flatMap { $0.isEmpty ? nil : $0 } }
    var terms = ["uuid", "wwid", "model", "serial", "modalias"].compactMap { key in
      text(key).map { "glob(\"\($0)\", disk.\(key))" }
    }
    terms.append("disk.transport != \"\"")
    switch text("type") {
    case "nvme": terms.append("disk.transport == \"nvme\"")
    case "sd": terms.append("disk.transport == \"mmc\"")
    case "hdd": terms.append("disk.rotational")
    case "ssd": terms.append("!disk.rotational")
    default: break
    }
    if let path = text("busPath") { terms.append("glob(\"\(path)\", disk.bus_path)") }
    return Self.wrapped(terms + ["!disk.readonly", "!disk.cdrom"])
  }

  /// The terms joined; the expression library breaks the line after the fourth.
  private static func wrapped(_ terms: [String]) -> String {
    let lines = stride(from: 0, to: terms.count, by: 4).map { terms[$0..<min($0 + 4, terms.count)] }
    return lines.map { $0.joined(separator: " && ") }.joined(separator: " &&\n")
  }
}
