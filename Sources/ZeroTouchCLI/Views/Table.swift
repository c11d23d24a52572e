/// Rows of text in columns as wide as their widest cell.
struct Table: Sendable {
  let header: [String]
  var rows: [[String]] = []

  /// The lines of the table, without trailing blanks.
  func lines() -> [String] {
    let all = [header] + rows
    let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      let cells = zip(row, widths).map { cell, width in cell + String(repeating: " ", count: width - cell.count) }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  var text: String { lines().joined(separator: "\n") }
}
