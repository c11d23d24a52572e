package import ZeroTouchModel

/// Writes configurations as Talos does: fields in the order of its types, four spaces a level.
package enum TalosYAML {
  /// The documents as one text.
  package static func text(_ documents: [JSONValue]) -> String {
    documents.map { document in
      var writer = TalosYAMLWriter()
      writer.write(document, content: .type(document["kind"]?.stringValue ?? "Config"), indent: 0)
      return writer.text
    }.joined(separator: "---\n")
  }

  /// A value whose fields keep no order of Talos's types: keys are sorted.
  package static func sorted(_ value: JSONValue) -> String {
    var writer = TalosYAMLWriter()
    writer.write(value, content: .mapping, indent: 0)
    return writer.text
  }
}

/// The text while it grows.
private struct TalosYAMLWriter {
  var text = ""
  private static let level = 4

  mutating func write(_ value: JSONValue, content: TalosFields.Content, indent: Int) {
    for (index, (key, member)) in ordered(value, content).enumerated() {
      text += index == 0 && text.hasSuffix("- ") ? "" : String(repeating: " ", count: indent)
      text += "\(TalosYAMLScalar.text(key)):"
      write(member: member, content: field(key, of: content), indent: indent)
    }
  }

  private mutating func write(member: JSONValue, content: TalosFields.Content, indent: Int) {
    // Levels align to multiples of four, also inside a list item, which begins two columns further in.
    let deeper = Self.level * ((indent + Self.level) / Self.level)
    switch member {
    case .object(let members) where !members.isEmpty:
      text += "\n"
      write(member, content: content, indent: deeper)
    case .array(let elements) where !elements.isEmpty:
      text += "\n"
      for element in elements { write(item: element, content: content, indent: deeper) }
    case .object: text += " {}\n"
    case .array: text += " []\n"
    default: text += " \(TalosYAMLScalar.text(of: member, indent: deeper))\n"
    }
  }

  private mutating func write(item: JSONValue, content: TalosFields.Content, indent: Int) {
    text += String(repeating: " ", count: indent) + "- "
    let element: TalosFields.Content = if case .list(let inner) = content { inner } else { .mapping }
    switch item {
    case .object(let members) where !members.isEmpty: write(item, content: element, indent: indent + 2)
    case .object: text += "{}\n"
    case .array(let elements):
      text += "[" + elements.map { TalosYAMLScalar.text(of: $0, indent: 0) }.joined(separator: ", ") + "]\n"
    default: text += TalosYAMLScalar.text(of: item, indent: indent + 2) + "\n"
    }
  }

  private func ordered(_ value: JSONValue, _ content: TalosFields.Content) -> [(key: String, value: JSONValue)] {
    let members = value.objectValue ?? [:]
    guard case .type(let name) = content, let fields = TalosFields.current.fields(of: name) else {
      return members.sorted { $0.key < $1.key }
    }
    let known = fields.compactMap { field in members[field.name].map { (key: field.name, value: $0) } }
    let names = Set(fields.map(\.name))
    return known + members.filter { !names.contains($0.key) }.sorted { $0.key < $1.key }
  }

  private func field(_ key: String, of content: TalosFields.Content) -> TalosFields.Content {
    guard case .type(let name) = content else { return .mapping }
    return TalosFields.current.fields(of: name)?.first { $0.name == key }?.content ?? .mapping
  }
}
