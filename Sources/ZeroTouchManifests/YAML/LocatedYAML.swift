package import ZeroTouchModel

/// A YAML node that knows where it stands.
package struct LocatedYAML: Sendable, Hashable {
  /// One key of a mapping with its value; both know where they stand.
  package struct Entry: Sendable, Hashable {
    package let key: String
    package let keyLocation: SourceLocation
    package let value: LocatedYAML
  }

  package indirect enum Content: Sendable, Hashable {
    case scalar(JSONValue)
    case sequence([LocatedYAML])
    /// The entries in the order of the file; those of merge keys come last.
    case mapping([Entry])
  }

  package let content: Content
  package let location: SourceLocation
  /// Whether a string stands for bytes that are no text; see ``secretDocuments(of:file:)``.
  package internal(set) var isBase64 = false

  /// Reads every document of a text that is not empty.
  package static func documents(
    of text: String, file: String, limits: YAMLLimits = YAMLLimits()
  ) throws(InvalidInput) -> [LocatedYAML] {
    let reading = try YAMLReader(text: text, file: file, limits: limits).read()
    guard reading.problems.isEmpty else { throw InvalidInput(reading.problems) }
    return reading.documents
  }

  /// The same for a text whose values are secrets: no problem repeats one, and a `!!binary` that is no text is base64.
  package static func secretDocuments(of text: String, file: String) throws(InvalidInput) -> [LocatedYAML] {
    let reading = try YAMLReader(text: text, file: file, limits: YAMLLimits(), holdsSecrets: true).read()
    guard reading.problems.isEmpty else { throw InvalidInput(reading.problems) }
    return reading.documents
  }
}

extension LocatedYAML {
  package var json: JSONValue {
    switch content {
    case .scalar(let value): value
    case .sequence(let items): .array(items.map(\.json))
    case .mapping(let entries):
      .object(Dictionary(entries.map { ($0.key, $0.value.json) }, uniquingKeysWith: { first, _ in first }))
    }
  }

  package var entries: [Entry]? { if case .mapping(let entries) = content { entries } else { nil } }
  package var items: [LocatedYAML]? { if case .sequence(let items) = content { items } else { nil } }
  package var scalar: JSONValue? { if case .scalar(let value) = content { value } else { nil } }

  /// The entry of a mapping under this key.
  package func entry(_ key: String) -> Entry? { entries?.first { $0.key == key } }

  /// The node under this key of a mapping.
  package subscript(key: String) -> LocatedYAML? { entry(key)?.value }

  /// The node behind a path of keys.
  package subscript(path keys: String...) -> LocatedYAML? { keys.reduce(Optional(self)) { $0?[$1] } }

  /// What a reader calls this kind of value.
  package var kindName: String {
    switch content {
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .scalar(.null): "nothing"
    case .scalar(.bool): "a boolean"
    case .scalar(.int), .scalar(.double): "a number"
    case .scalar: "a string"
    }
  }
}
