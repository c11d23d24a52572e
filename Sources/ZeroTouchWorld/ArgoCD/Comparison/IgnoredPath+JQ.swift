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
    guard piece.hasPrefix("select(") else { return nil }
    guard let match = piece.wholeMatch(of: #/select\(\s*\.(\w+)\s*==\s*"([^"]*)"\s*\)/#) else { return nil }
    return (String(match.1), String(match.2))
  }

  /// By hand, because every comparison of an Application reads its expressions.
  private static func steps(of piece: String) -> [Step]? {
    var rest = Substring(piece)
    var steps: [Step] = []
    while !rest.isEmpty {
      guard let step = step(&rest) else { return nil }
      steps.append(step)
      if rest.first == "?" { rest.removeFirst() }
    }
    return steps
  }

  /// `[]`, `[0]` and `["name"]`, with or without a dot before them; `."name"` and `.name`.
  private static func step(_ rest: inout Substring) -> Step? {
    let isDotted = rest.first == "."
    if isDotted { rest.removeFirst() }
    switch rest.first {
    case "[":
      rest.removeFirst()
      return bracketed(&rest)
    case "\"" where isDotted: return quoted(&rest).map(Step.key)
    case let first? where isDotted && (first == "_" || first.isASCII && first.isLetter):
      let name = rest.prefix { $0 == "_" || $0.isLetter || $0.isNumber }
      rest = rest[name.endIndex...]
      return .key(String(name))
    default: return nil
    }
  }

  private static func bracketed(_ rest: inout Substring) -> Step? {
    let step: Step?
    if rest.first == "\"" {
      step = quoted(&rest).map(Step.key)
    } else {
      let digits = rest.prefix { $0 != "]" }
      rest = rest[digits.endIndex...]
      step = digits.isEmpty ? .every : digits.allSatisfy(\.isNumber) ? Int(digits).map(Step.index) : nil
    }
    return rest.popFirst() == "]" ? step : nil
  }

  private static func quoted(_ rest: inout Substring) -> String? {
    rest.removeFirst()
    let text = rest.prefix { $0 != "\"" }
    rest = rest[text.endIndex...]
    return rest.popFirst() == nil ? nil : String(text)
  }
}
