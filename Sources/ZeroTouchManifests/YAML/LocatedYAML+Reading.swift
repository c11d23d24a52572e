package import ZeroTouchModel

extension LocatedYAML {
  /// What a text holds and what is wrong with it; a text that cannot be read at all has no documents.
  package static func reading(
    of text: String, file: String, limits: YAMLLimits = YAMLLimits()
  ) -> (documents: [LocatedYAML], problems: [Diagnostic]) {
    do throws(InvalidInput) {
      return try YAMLReader(text: text, file: file, limits: limits).read()
    } catch {
      return ([], error.diagnostics)
    }
  }

  /// A value that stands nowhere by itself: every part of it is placed where it comes from.
  package init(_ json: JSONValue, at location: SourceLocation) {
    switch json {
    case .object(let members):
      let entries = members.sorted { $0.key < $1.key }.map {
        Entry(key: $0.key, keyLocation: location, value: LocatedYAML($0.value, at: location))
      }
      self.init(content: .mapping(entries), location: location)
    case .array(let elements):
      self.init(content: .sequence(elements.map { LocatedYAML($0, at: location) }), location: location)
    default: self.init(content: .scalar(json), location: location)
    }
  }

  /// The same with every place moved, for what was read out of a text that stands in another file.
  package func moved(_ move: (SourceLocation) -> SourceLocation) -> LocatedYAML {
    let moved: Content =
      switch content {
      case .scalar: content
      case .sequence(let items): .sequence(items.map { $0.moved(move) })
      case .mapping(let entries):
        .mapping(entries.map { Entry(key: $0.key, keyLocation: move($0.keyLocation), value: $0.value.moved(move)) })
      }
    return LocatedYAML(content: moved, location: move(location), isBase64: isBase64)
  }
}

extension LocatedYAML {
  /// The node behind a path of keys; items of lists are counted from zero.
  package func node(at path: some Sequence<String>) -> LocatedYAML? {
    var node: LocatedYAML? = self
    for key in path { node = node?.child(key) }
    return node
  }

  /// Where the last part of a path stands that exists: the place of its key, or of the item of a list.
  package func place(at path: some Sequence<String>) -> SourceLocation {
    var node = self
    var place = location
    for key in path {
      guard let next = node.child(key) else { break }
      place = node.entry(key)?.keyLocation ?? next.location
      node = next
    }
    return place
  }

  /// The text of a scalar that is a string.
  package var text: String? { scalar?.stringValue }

  private func child(_ key: String) -> LocatedYAML? {
    switch content {
    case .mapping: self[key]
    case .sequence(let items): Int(key).flatMap { items.indices.contains($0) ? items[$0] : nil }
    case .scalar: nil
    }
  }
}
