package import Foundation
import ZeroTouchModel

/// A disk as a machine shows it: `lsblk --json` of a rescue system, or Talos's resource `disks`.
package struct BlockDevice: Sendable, Hashable {
  package let path: String
  package let serial: String
  package let wwid: String
  package let model: String
  /// In bytes.
  package let size: Int
  /// What lies on it, in words; `nothing` where it is empty.
  package let contents: String

  /// What `lsblk` is asked for.
  package static let question = [
    "lsblk", "--json", "--bytes", "--output",
    "NAME,PATH,TYPE,SIZE,SERIAL,MODEL,WWN,FSTYPE,LABEL,PARTLABEL,MOUNTPOINT",
  ]

  /// Reads either form, with what Talos finds on disks where it is told too; empty when it is neither.
  package static func disks(in output: Data) -> [Self] {
    var splitter = JSONDocumentSplitter()
    let documents = splitter.append(output).compactMap { try? JSONValue(parsing: $0) }
    let listed = documents.flatMap { $0["blockdevices"]?.arrayValue ?? [] }.filter { $0["type"]?.stringValue == "disk" }
    let volumes = documents.filter(TalosVolumes.holds)
    let disks = documents.filter { $0["spec"] != nil && !TalosVolumes.holds($0) }
    return (listed.map(Self.init(lsblk:)) + disks.compactMap { Self.init(talos: $0, volumes) })
      .sorted { $0.path < $1.path }
  }

  private init(lsblk disk: JSONValue) {
    func text(_ key: String) -> String { disk[key]?.stringValue?.trimmed ?? "" }
    path = text("path")
    serial = text("serial")
    model = text("model")
    // lsblk and Talos write the same name of a SATA disk in two ways.
    wwid = text("wwn").hasPrefix("0x") ? "naa.\(text("wwn").dropFirst(2))" : text("wwn")
    size = disk["size"]?.intValue ?? 0
    contents = Self.contents(of: disk)
  }

  private init?(talos document: JSONValue, _ volumes: [JSONValue]) {
    guard let spec = document["spec"], let path = spec["dev_path"]?.stringValue, spec["cdrom"]?.boolValue != true,
      spec["readonly"]?.boolValue != true, let transport = spec["transport"]?.stringValue, !transport.isEmpty
    else { return nil }
    self.path = path
    serial = spec["serial"]?.stringValue ?? ""
    wwid = spec["wwid"]?.stringValue ?? ""
    model = spec["model"]?.stringValue ?? ""
    size = spec["size"]?.intValue ?? 0
    contents = TalosVolumes.contents(of: path, in: volumes)
  }

  private static func contents(of disk: JSONValue) -> String {
    let parts = disk["children"]?.arrayValue ?? []
    guard !parts.isEmpty else {
      let words = words(of: disk)
      return words.isEmpty ? "nothing" : words
    }
    return parts.map { part in
      let words = words(of: part)
      return "\(part["name"]?.stringValue ?? "")\(words.isEmpty ? "" : " (\(words))")"
    }.joined(separator: ", ")
  }

  private static func words(of part: JSONValue) -> String {
    ["fstype", "label", "partlabel", "mountpoint"].compactMap { part[$0]?.stringValue }.filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  /// Decimal, as disks are sold.
  package var sizeInWords: String {
    let tenths = size / 100_000_000
    return size >= 1_000_000_000_000
      ? "\(tenths / 10_000).\(tenths / 1000 % 10) TB" : "\(tenths / 10).\(tenths % 10) GB"
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
