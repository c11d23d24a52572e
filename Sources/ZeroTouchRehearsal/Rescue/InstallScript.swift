import ZeroTouchModel
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

  /// Whether the caller named the cluster to have data wiped.
  var permitsWiping: Bool { !(variables["wipe"] ?? "").isEmpty }

  /// Whether a disk is what the script looks for; what it leaves empty does not matter.
  func fits(_ disk: Disk) -> Bool {
    let names = ["serial": "disk_serial", "model": "disk_model", "wwid": "disk_wwid"]
    var selector = names.compactMapValues { variables[$0].flatMap { $0.isEmpty ? nil : $0 } }
    if let bytes = variables["disk_size_bytes"], !bytes.isEmpty { selector["size"] = sizeTest + bytes }
    let path = variables["disk_path", default: ""]
    return disk.matches(JSONValue(selector)) && (path.isEmpty || path == disk.path)
  }

  private var sizeTest: String {
    let tests = ["-ge": ">=", "-le": "<=", "-gt": ">", "-lt": "<", "-eq": "=="]
    return tests[variables["disk_size_test", default: ""]] ?? ""
  }

  /// The value of a word in single quotes.
  private static func unquoted(_ text: String) -> String {
    guard text.hasPrefix("'") else { return text }
    return text.replacing("'\\''", with: "\u{0}").replacing("'", with: "").replacing("\u{0}", with: "'")
  }
}
