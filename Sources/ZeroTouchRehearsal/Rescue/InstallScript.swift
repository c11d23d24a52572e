import ZeroTouchWorld

/// The script that writes an image to a disk, as far as the machine's fate depends on it: its variables.
struct InstallScript {
  private let variables: [String: String]
  /// Whether the machine restarts at its end.
  let reboots: Bool

  /// Nil for a script that writes no disk.
  init?(_ text: String) {
    guard text.contains("dd of=") else { return nil }
    var variables: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, parts[0].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else { continue }
      variables[parts[0]] = variables[parts[0]] ?? Self.unquoted(parts[1])
    }
    self.variables = variables
    reboots = text.split(separator: "\n").contains { $0.allSatisfy { $0 != " " } && $0 == "reboot" }
  }

  var imageURL: String { variables["image_url"] ?? "" }

  /// Whether a disk is what the script looks for; what it leaves empty does not matter.
  func fits(_ disk: Disk) -> Bool {
    let facts = ["disk_serial": disk.serial, "disk_wwid": disk.wwid, "disk_path": disk.path]
    let model = variables["disk_model", default: ""]
    return facts.allSatisfy { name, value in variables[name, default: ""].isEmpty || variables[name] == value }
      && (model.isEmpty || FileGlob(model).matches(disk.model))
  }

  /// The value of a word in single quotes.
  private static func unquoted(_ text: String) -> String {
    guard text.hasPrefix("'") else { return text }
    return text.replacing("'\\''", with: "\u{0}").replacing("'", with: "").replacing("\u{0}", with: "'")
  }
}
