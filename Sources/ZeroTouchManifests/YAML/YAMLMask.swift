/// Stand-in characters that keep the parser from seeing what must be bounded first.
///
/// An alias becomes a plain scalar that begins with a private character, so that composing a text never expands
/// anything; the first of two equal keys begins with yet another one, so that the second can be located. A masked
/// text keeps its lines and columns, because each character stands for exactly one.
struct YAMLMask {
  let alias: Unicode.Scalar
  let hasAliases: Bool
  private var scalars: [Unicode.Scalar]
  /// Private characters that the text does not use, one for each key still to be hidden.
  private var spares: [Unicode.Scalar]
  private var hidden: [Position: (stands: Unicode.Scalar, was: Unicode.Scalar)] = [:]

  /// Keys that can be hidden in one text.
  static let mostKeys = 50

  struct Position: Hashable {
    let line: Int
    let column: Int
  }

  /// Masks the asterisks of a text; nil when it already uses every private character.
  init?(_ text: String) {
    let source = Array(text.unicodeScalars)
    var used: Set<Unicode.Scalar> = []
    for scalar in source where (0xE000...0xF8FF).contains(scalar.value) { used.insert(scalar) }
    let free = (UInt32(0xE000)...0xF8FF).lazy.compactMap(Unicode.Scalar.init).filter { !used.contains($0) }
    spares = Array(free.prefix(Self.mostKeys + 1))
    guard spares.count > Self.mostKeys else { return nil }
    let alias = spares.removeLast()
    self.alias = alias
    hasAliases = source.contains("*")
    scalars = hasAliases ? source.map { $0 == "*" ? alias : $0 } : source
  }

  var text: String {
    var view = String.UnicodeScalarView()
    view.reserveCapacity(scalars.count)
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// The string a scalar really holds.
  func unmasked(_ string: String) -> String {
    guard hasAliases, string.unicodeScalars.contains(alias) else { return string }
    return String(String.UnicodeScalarView(string.unicodeScalars.map { $0 == alias ? "*" : $0 }))
  }

  /// The key that really stands at a position.
  func unmaskedKey(_ string: String, at position: Position) -> String {
    guard let mask = hidden[position], string.unicodeScalars.first == mask.stands else { return unmasked(string) }
    return unmasked(String(String.UnicodeScalarView([mask.was] + string.unicodeScalars.dropFirst())))
  }

  /// Hides the first character of the key at a position; false when the key is written in a way that has none.
  mutating func hideKey(at position: Position) -> Bool {
    guard var index = offset(of: position), index < scalars.count else { return false }
    if scalars[index] == "\"" || scalars[index] == "'" { index += 1 }
    let unfit: Set<Unicode.Scalar> = ["\\", "\"", "'", "&", "!", "|", ">", "[", "{", "?"]
    guard index < scalars.count, scalars[index] != alias, !unfit.contains(scalars[index]), let spare = spares.popLast()
    else { return false }
    hidden[position] = (spare, scalars[index])
    scalars[index] = spare
    return true
  }

  private func offset(of position: Position) -> Int? {
    var line = 1
    var index = 0
    while line < position.line {
      guard index < scalars.count else { return nil }
      let scalar = scalars[index]
      index += 1
      if scalar == "\r", index < scalars.count, scalars[index] == "\n" { index += 1 }
      if Self.lineBreaks.contains(scalar) { line += 1 }
    }
    return index + position.column - 1
  }

  private static let lineBreaks: Set<Unicode.Scalar> = ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"]
}
