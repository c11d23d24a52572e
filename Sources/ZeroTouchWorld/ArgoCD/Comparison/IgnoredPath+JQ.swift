extension IgnoredPath {
  /// Reads `.a.b[].c`, `.a["b"]`, `.a[0]?` and `.a[] | select(.name == "x") | .b`; nil for anything else.
  init?(jq expression: String) {
    var steps: [Step] = []
    let pieces = expression.split(separator: "|").map(\.trimmingSpaces)
    for piece in pieces {
      if let (key, value) = Self.selection(piece) {
        guard steps.last == .every else { return nil }
        steps[steps.count - 1] = .matching(key: key, value: value)
      } else {
        guard let read = Self.steps(of: piece) else { return nil }
        steps += read
      }
    }
    guard !steps.isEmpty else { return nil }
    self.init(steps: steps)
  }

  /// `select(.key == "value")`.
  private static func selection(_ piece: String) -> (String, String)? {
    guard let match = piece.wholeMatch(of: #/select\(\s*\.(\w+)\s*==\s*"([^"]*)"\s*\)/#) else { return nil }
    return (String(match.1), String(match.2))
  }

  private static func steps(of piece: String) -> [Step]? {
    var rest = Substring(piece)
    var steps: [Step] = []
    while !rest.isEmpty {
      if let match = rest.prefixMatch(of: #/\.?\[\]\??/#) {
        steps.append(.every)
        rest = rest[match.range.upperBound...]
      } else if let match = rest.prefixMatch(of: #/\.?\[(\d+)\]\??/#), let index = Int(match.1) {
        steps.append(.index(index))
        rest = rest[match.range.upperBound...]
      } else if let match = rest.prefixMatch(of: #/\.?\["([^"]*)"\]\??/#) {
        steps.append(.key(String(match.1)))
        rest = rest[match.range.upperBound...]
      } else if let match = rest.prefixMatch(of: #/\."([^"]*)"\??/#) {
        steps.append(.key(String(match.1)))
        rest = rest[match.range.upperBound...]
      } else if let match = rest.prefixMatch(of: #/\.([A-Za-z_]\w*)\??/#) {
        steps.append(.key(String(match.1)))
        rest = rest[match.range.upperBound...]
      } else {
        return nil
      }
    }
    return steps
  }
}
