/// A table as talosctl prints it: a line of headings, and columns that begin below their heading.
struct TalosTable {
  private let columns: [(heading: String, range: Range<Int>)]
  private let lines: [[Character]]

  init(_ text: String) {
    var lines = text.split(whereSeparator: \.isNewline).map(Array.init)
    guard !lines.isEmpty else {
      columns = []
      self.lines = []
      return
    }
    columns = Self.columns(of: lines.removeFirst())
    self.lines = lines
  }

  /// The rows, each by heading.
  var rows: [[String: String]] {
    lines.map { line in
      Dictionary(columns.map { ($0.heading, Self.text(line, $0.range)) }) { first, _ in first }
    }
  }

  /// Headings are apart by two blanks at least: `PEER URLS` is one.
  private static func columns(of line: [Character]) -> [(heading: String, range: Range<Int>)] {
    var starts: [Int] = []
    for index in line.indices where line[index] != " " {
      if index == 0 || (index >= 2 && line[index - 1] == " " && line[index - 2] == " ") { starts.append(index) }
    }
    return starts.enumerated().map { number, start in
      let end = number + 1 < starts.count ? starts[number + 1] : Int.max
      return (text(line, start..<end), start..<end)
    }
  }

  private static func text(_ line: [Character], _ range: Range<Int>) -> String {
    guard range.lowerBound < line.count else { return "" }
    let cell = line[range.lowerBound..<min(range.upperBound, line.count)]
    return String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
