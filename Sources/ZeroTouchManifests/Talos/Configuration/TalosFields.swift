/// What Talos knows of its configuration's types: which fields they have, in which order, and what is in them.
package struct TalosFields: Sendable {
  /// What a field holds.
  package indirect enum Content: Sendable, Hashable {
    case scalar
    /// A mapping with free keys.
    case mapping
    case type(String)
    case list(Content)
  }

  package struct Field: Sendable, Hashable {
    package let name: String
    package let content: Content
  }

  /// The fields of each type, in order.
  private let types: [String: [Field]]

  /// Talos 1.13.
  package static let current = TalosFields(table)

  init(_ table: String) {
    var types: [String: [Field]] = [:]
    for line in table.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard let name = words.first?.dropLast() else { continue }
      types[String(name)] = words.dropFirst().map(Self.field)
    }
    self.types = types
  }

  /// The fields of a type; nil for a type Talos does not know.
  package func fields(of type: String) -> [Field]? { types[type] }

  /// Whether Talos has a document of this kind.
  package func isDocument(_ kind: String) -> Bool { types[kind]?.contains { $0.name == "kind" } ?? false }

  /// The kinds of all documents, in order.
  package var documents: [String] { types.keys.filter(isDocument).sorted() }

  private static func field(_ word: Substring) -> Field {
    let parts = word.split(separator: "=", maxSplits: 1)
    return Field(name: String(parts[0]), content: parts.count == 1 ? .scalar : content(parts[1]))
  }

  private static func content(_ text: Substring) -> Content {
    if text.hasPrefix("[") { return .list(text.count == 2 ? .scalar : content(text.dropFirst().dropLast())) }
    return text.hasPrefix("{") ? .mapping : .type(String(text))
  }
}
