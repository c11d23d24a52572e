/// Columns with three spaces between them, as Go's tab writer lays them out.
enum TextTable {
  static func text(_ rows: [[String]]) -> String {
    let columns = rows.map(\.count).max() ?? 0
    // The last cell of a row does not widen its column.
    let widths = (0..<columns).map { (column: Int) -> Int in
      let cells = rows.filter { $0.count > column + 1 }.map { $0[column].count }
      return (cells.max() ?? 0) + 3
    }
    return rows.map { row in
      row.enumerated().map { column, cell in
        column == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
      }.joined() + "\n"
    }.joined()
  }
}
