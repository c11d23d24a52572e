package import ZeroTouchModel

extension ArtifactLock {
  /// The text of a lock file with some of its artifacts replaced; comments, order and layout stay as they are.
  package static func text(
    _ text: String, replacing artifacts: [Artifact], file: String
  ) throws(InvalidInput) -> String {
    let items = try LocatedYAML.documents(of: text, file: file).first?["artifacts"]?.items ?? []
    var lines = LineEdits(text)
    for artifact in artifacts {
      guard let item = items.first(where: { $0["name"]?.scalar?.stringValue == artifact.name }) else { continue }
      for (key, value) in artifact.editedValues {
        if let place = item[key]?.location {
          lines.replaceScalar(at: place, with: value)
        } else if let sum = item.entry("sha256") {
          lines.add(key, value, after: sum)
        }
      }
    }
    let edited = lines.text
    let wanted = try parse(text, file: file).replacing(artifacts)
    guard (try? parse(edited, file: file)) == wanted else {
      throw InvalidInput([
        Diagnostic(
          at: SourceLocation(file: file, line: 1, column: 1),
          "the lock is written in a way that cannot be edited in place",
          remedy: "write every key of an artifact on a line of its own, then run the command again")
      ])
    }
    return edited
  }

  /// The same lock with these artifacts in the places of those of the same names.
  package func replacing(_ others: [Artifact]) -> ArtifactLock {
    ArtifactLock(artifacts: artifacts.map { old in others.first { $0.name == old.name } ?? old })
  }
}

extension ArtifactLock.Artifact {
  fileprivate var editedValues: [(key: String, value: String)] {
    let scalars = [("version", version), ("url", url), ("sha256", sha256 ?? "unset")].map { key, value in
      (key: key, value: YAMLScalar.isAmbiguous(value) ? JSONValue.string(value).text() : value)
    }
    return scalars + (size.map { [(key: "size", value: "\($0)")] } ?? [])
  }
}

/// Lines of a YAML text in which single scalars are exchanged.
private struct LineEdits {
  private var lines: [String]
  /// Lines to come after the ones of these indices.
  private var additions: [Int: [String]] = [:]

  init(_ text: String) { lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }

  var text: String {
    lines.enumerated().flatMap { [$0.element] + (additions[$0.offset] ?? []) }.joined(separator: "\n")
  }

  mutating func replaceScalar(at place: SourceLocation, with value: String) {
    guard let (line, range) = scalar(at: place) else { return }
    lines[line].replaceSubrange(range, with: value)
  }

  /// Adds a key beside another one: on a line of its own, or behind it where the mapping stands on one line.
  mutating func add(_ key: String, _ value: String, after entry: LocatedYAML.Entry) {
    guard let (line, range) = scalar(at: entry.value.location) else { return }
    if isFlow(line, before: range.lowerBound) {
      lines[line].insert(contentsOf: ", \(key): \(value)", at: range.upperBound)
    } else {
      let indent = String(repeating: " ", count: entry.keyLocation.column - 1)
      additions[line, default: []].append("\(indent)\(key): \(value)")
    }
  }

  private func isFlow(_ line: Int, before index: String.Index) -> Bool { lines[line][..<index].contains("{") }

  private func scalar(at place: SourceLocation) -> (line: Int, range: Range<String.Index>)? {
    guard lines.indices.contains(place.line - 1) else { return nil }
    let (index, line) = (place.line - 1, lines[place.line - 1])
    guard let start = line.index(line.startIndex, offsetBy: place.column - 1, limitedBy: line.endIndex),
      start < line.endIndex
    else { return nil }
    let rest = line[line.index(after: start)...]
    if line[start] == "\"" || line[start] == "'" {
      guard let close = rest.firstIndex(of: line[start]) else { return nil }
      return (index, start..<line.index(after: close))
    }
    let ends: Set<Character> = isFlow(index, before: start) ? [",", "}", " ", "\r"] : [" ", "\r"]
    return (index, start..<(rest.firstIndex { ends.contains($0) } ?? line.endIndex))
  }
}
