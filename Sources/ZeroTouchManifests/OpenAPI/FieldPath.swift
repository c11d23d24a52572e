/// Where a value lies in a document, as Crossplane and the API server write it: `spec.ports[0].name`.
package struct FieldPath: Sendable, Hashable, CustomStringConvertible {
  package enum Segment: Sendable, Hashable {
    case field(String)
    case index(Int)
    /// Every element of a list, or every member of a mapping.
    case wildcard
  }

  package var segments: [Segment]

  package init(_ segments: [Segment] = []) { self.segments = segments }

  /// A path that somebody wrote.
  package static func parse(_ text: String) throws(FieldPathError) -> FieldPath {
    var reader = FieldPathReader(text)
    return FieldPath(try reader.segments())
  }

  package func appending(_ name: String) -> FieldPath { FieldPath(segments + [.field(name)]) }
  package func appending(_ index: Int) -> FieldPath { FieldPath(segments + [.index(index)]) }
  package func appending(_ other: FieldPath) -> FieldPath { FieldPath(segments + other.segments) }

  package var description: String {
    segments.reduce(into: "") { text, segment in
      switch segment {
      case .field(let name) where name.contains(".") || name.contains("/"): text += "[\(name)]"
      case .field(let name): text += text.isEmpty ? name : ".\(name)"
      case .index(let index): text += "[\(index)]"
      case .wildcard: text += "[*]"
      }
    }
  }
}

/// Why a path does not lead to a value.
package enum FieldPathError: Error, Sendable, Hashable, CustomStringConvertible {
  case notFound(String)
  case wrong(String)

  package var description: String {
    switch self {
    case .notFound(let text), .wrong(let text): text
    }
  }
}

/// Reads the text of a path.
private struct FieldPathReader {
  private let text: String
  private var rest: Substring

  init(_ text: String) {
    self.text = text
    rest = text[...]
  }

  mutating func segments() throws(FieldPathError) -> [FieldPath.Segment] {
    var segments: [FieldPath.Segment] = []
    guard !text.isEmpty else { throw .wrong("the field path is empty") }
    while let first = rest.first {
      switch first {
      case "[": segments.append(try bracket())
      case ".":
        guard !segments.isEmpty, let next = rest.dropFirst().first, next != ".", next != "[" else { throw misplaced }
        rest.removeFirst()
        segments.append(name())
      default:
        guard segments.isEmpty else { throw misplaced }
        segments.append(name())
      }
    }
    return segments
  }

  private var misplaced: FieldPathError {
    .wrong("the field path `\(text)` is wrong at position \(text.count - rest.count + 1)")
  }

  private mutating func name() -> FieldPath.Segment {
    let name = rest.prefix { $0 != "." && $0 != "[" }
    rest = rest.dropFirst(name.count)
    return .field(String(name))
  }

  private mutating func bracket() throws(FieldPathError) -> FieldPath.Segment {
    guard let end = rest.firstIndex(of: "]"), end > rest.index(after: rest.startIndex) else { throw misplaced }
    let inner = rest[rest.index(after: rest.startIndex)..<end]
    rest = rest[rest.index(after: end)...]
    if inner == "*" { return .wildcard }
    if let index = Int(inner), index >= 0 { return .index(index) }
    let isQuoted = inner.count > 1 && inner.first == "'" && inner.last == "'"
    return .field(String(isQuoted ? inner.dropFirst().dropLast() : inner))
  }
}
