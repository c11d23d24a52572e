import ZeroTouchModel

/// What Talos finds on disks: `DiscoveredVolumes.block.talos.dev`, as `talosctl get -o json` prints them.
enum TalosVolumes {
  /// Whether a document is one of them.
  static func holds(_ document: JSONValue) -> Bool {
    document[path: "metadata", "type"]?.stringValue == "DiscoveredVolumes.block.talos.dev"
  }

  /// What lies on a disk, in words; `nothing` where it is empty.
  static func contents(of disk: String, in volumes: [JSONValue]) -> String {
    guard !volumes.isEmpty else { return "not known: this Talos does not tell" }
    let parts = volumes.filter { $0[path: "spec", "parentDevPath"]?.stringValue == disk }
    if !parts.isEmpty {
      return parts.map { part in
        let words = words(of: part)
        return "\(part[path: "metadata", "id"]?.stringValue ?? "")\(words.isEmpty ? "" : " (\(words))")"
      }.joined(separator: ", ")
    }
    let whole = volumes.first { $0[path: "spec", "devPath"]?.stringValue == disk }.map(words) ?? ""
    return whole.isEmpty ? "nothing" : whole
  }

  private static func words(of volume: JSONValue) -> String {
    let found = ["name", "label", "partitionLabel"].compactMap { volume[path: "spec", $0]?.stringValue }
    return found.filter { !$0.isEmpty }.reduce(into: [String]()) { words, word in
      if !words.contains(word) { words.append(word) }
    }.joined(separator: " ")
  }
}
