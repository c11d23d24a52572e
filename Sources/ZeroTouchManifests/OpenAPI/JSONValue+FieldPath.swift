package import ZeroTouchModel

extension JSONValue {
  /// The value behind a path; a step into something that has no such parts is wrong, a missing part is not found.
  package func value(at path: FieldPath) throws(FieldPathError) -> JSONValue {
    var value = self
    for (position, segment) in path.segments.enumerated() {
      let place = FieldPath(Array(path.segments.prefix(position + 1)))
      switch (segment, value) {
      case (.field(let name), .object(let members)):
        guard let member = members[name] else { throw .notFound("\(place): no such field") }
        value = member
      case (.index(let index), .array(let elements)):
        guard index < elements.count else { throw .notFound("\(place): no such element") }
        value = elements[index]
      case (.field, _): throw .wrong("\(FieldPath(Array(path.segments.prefix(position)))): not an object")
      case (.index, _): throw .wrong("\(FieldPath(Array(path.segments.prefix(position)))): not an array")
      case (.wildcard, _): throw .wrong("\(path): a wildcard names no single value")
      }
    }
    return value
  }

  /// Writes a value at a path, making the mappings and lists on the way.
  package mutating func set(_ value: JSONValue, at path: FieldPath) throws(FieldPathError) {
    try set(value, at: path.segments[...], of: path)
  }

  private mutating func set(
    _ value: JSONValue, at segments: ArraySlice<FieldPath.Segment>, of path: FieldPath
  ) throws(FieldPathError) {
    guard let segment = segments.first else {
      self = value
      return
    }
    switch segment {
    case .field(let name):
      var child = try member(name, of: path) ?? .null
      try child.set(value, at: segments.dropFirst(), of: path)
      self[name] = child
    case .index(let index):
      var elements = try elements(of: path)
      elements += Array(repeating: .null, count: max(0, index + 1 - elements.count))
      try elements[index].set(value, at: segments.dropFirst(), of: path)
      self = .array(elements)
    case .wildcard: throw .wrong("\(path): a wildcard names no single value")
    }
  }

  private func member(_ name: String, of path: FieldPath) throws(FieldPathError) -> JSONValue? {
    switch self {
    case .object(let members): return members[name]
    case .null: return nil
    default: throw .wrong("\(path): `\(name)` lies in a value that is no object")
    }
  }

  private func elements(of path: FieldPath) throws(FieldPathError) -> [JSONValue] {
    switch self {
    case .array(let elements): return elements
    case .null: return []
    default: throw .wrong("\(path): an index leads into a value that is no array")
    }
  }

  /// The paths that a path with wildcards stands for in this document.
  package func expanded(_ path: FieldPath) throws(FieldPathError) -> [FieldPath] {
    guard let position = path.segments.firstIndex(of: .wildcard) else { return [path] }
    let head = FieldPath(Array(path.segments.prefix(position)))
    let tail = FieldPath(Array(path.segments.suffix(from: position + 1)))
    var paths: [FieldPath] = []
    for part in try value(at: head).parts {
      paths += try expanded(FieldPath(head.segments + [part]).appending(tail))
    }
    return paths
  }

  private var parts: [FieldPath.Segment] {
    switch self {
    case .array(let elements): elements.indices.map { .index($0) }
    case .object(let members): members.keys.sorted().map { .field($0) }
    default: []
    }
  }
}
