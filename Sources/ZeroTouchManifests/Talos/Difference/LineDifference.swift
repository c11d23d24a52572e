/// What changed between two texts, line by line, in the unified format that `diff -u` and Git use.
package struct LineDifference: Sendable, Hashable {
  private enum Line: Sendable, Hashable {
    case kept(String)
    case removed(String)
    case added(String)
  }

  private let lines: [Line]
  private static let context = 3

  package init(from old: String, to new: String) {
    let (old, new) = (Self.lines(of: old), Self.lines(of: new))
    var lines: [Line] = []
    var (left, right) = (0, 0)
    func change(to end: (old: Int, new: Int)) {
      lines += old[left..<end.old].map { .removed(String($0)) } + new[right..<end.new].map { .added(String($0)) }
    }
    for pair in LineMatches(old, new).pairs {
      change(to: pair)
      lines.append(.kept(String(old[pair.old])))
      (left, right) = (pair.old + 1, pair.new + 1)
    }
    change(to: (old.count, new.count))
    self.lines = lines
  }

  package var isEmpty: Bool { lines.allSatisfy { if case .kept = $0 { true } else { false } } }

  /// The changes with three lines around them.
  package func unified(old: String, new: String) -> String {
    guard !isEmpty else { return "" }
    return "--- \(old)\n+++ \(new)\n" + hunks.map(text(of:)).joined()
  }

  /// The ranges of lines to be shown.
  private var hunks: [Range<Int>] {
    var hunks: [Range<Int>] = []
    for (index, line) in lines.enumerated() {
      if case .kept = line { continue }
      let range = max(0, index - Self.context)..<min(lines.count, index + Self.context + 1)
      if let last = hunks.last, last.upperBound >= range.lowerBound {
        hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
      } else {
        hunks.append(range)
      }
    }
    return hunks
  }

  private func text(of hunk: Range<Int>) -> String {
    let before = count(lines[..<hunk.lowerBound])
    let inside = count(lines[hunk])
    let body = lines[hunk].map { line in
      switch line {
      case .kept(let text): " \(text)\n"
      case .removed(let text): "-\(text)\n"
      case .added(let text): "+\(text)\n"
      }
    }
    return "@@ -\(before.old + 1),\(inside.old) +\(before.new + 1),\(inside.new) @@\n" + body.joined()
  }

  private func count(_ part: ArraySlice<Line>) -> (old: Int, new: Int) {
    part.reduce(into: (old: 0, new: 0)) { count, line in
      switch line {
      case .kept: count = (count.old + 1, count.new + 1)
      case .removed: count.old += 1
      case .added: count.new += 1
      }
    }
  }

  private static func lines(of text: String) -> [Substring] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}
