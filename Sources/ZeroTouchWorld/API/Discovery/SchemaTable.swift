/// The types that `kubectl explain` can show, read from a short text: `Type: what it is`, and below it its fields.
enum SchemaTable {
  /// A type: what it is and what it holds.
  struct Fields: Sendable {
    let description: String
    var fields: [(name: String, type: String, description: String)] = []
  }

  /// Every type by name.
  static let types: [String: Fields] = parsed(workloads + pods + basics)

  private static func parsed(_ text: String) -> [String: Fields] {
    var types: [String: Fields] = [:]
    var current = ""
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: line.hasPrefix(" ") ? 2 : 1).map(String.init)
      if !line.hasPrefix(" "), words.count == 2 {
        current = String(words[0].dropLast())
        types[current] = Fields(description: words[1])
      } else if words.count == 3 {
        types[current]?.fields.append((words[0], words[1], words[2]))
      }
    }
    return types
  }
}
