/// Finds the word that was probably meant.
package enum Spelling {
  /// The known word nearest to one that is not known; nil when none is near.
  package static func nearest(to word: String, among known: [String]) -> String? {
    let folded = word.lowercased().filter { $0 != "-" && $0 != "_" }
    if let same = known.first(where: { $0.lowercased().filter { $0 != "-" && $0 != "_" } == folded }) { return same }
    let bound = max(1, min(3, word.count / 3))
    return known.map { (word: $0, distance: distance(word.lowercased(), $0.lowercased())) }
      .filter { $0.distance <= bound }
      .min { ($0.distance, $0.word) < ($1.distance, $1.word) }?.word
  }

  /// How many letters have to be put in, taken out or changed.
  private static func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (line, letter) in left.prefix(64).enumerated() {
      var diagonal = row[0]
      row[0] = line + 1
      for (column, other) in right.enumerated() {
        let above = row[column + 1]
        row[column + 1] = letter == other ? diagonal : min(diagonal, above, row[column]) + 1
        diagonal = above
      }
    }
    return row[right.count]
  }
}
