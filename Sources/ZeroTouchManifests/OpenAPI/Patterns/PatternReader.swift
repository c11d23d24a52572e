/// Reads a regular expression in the syntax of Go, as far as patterns of schemas use it.
struct PatternReader {
  /// Something that Go's syntax does not have, or that is not read here.
  struct Unread: Error {}

  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var depth = 0
  private var ignoresCase = false
  private var dotMatchesAll = false
  private static let deepest = 100
  /// Go repeats nothing more often.
  private static let mostTimes = 1000

  static func read(_ pattern: String) throws(Unread) -> PatternNode {
    var reader = PatternReader(scalars: Array(pattern.unicodeScalars))
    let node = try reader.choice()
    guard reader.index == reader.scalars.count else { throw Unread() }
    return node
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func take() throws(Unread) -> Unicode.Scalar {
    guard let scalar = next else { throw Unread() }
    index += 1
    return scalar
  }

  private mutating func takes(_ text: String) -> Bool {
    let wanted = Array(text.unicodeScalars)
    guard scalars[index...].starts(with: wanted) else { return false }
    index += wanted.count
    return true
  }

  private mutating func choice() throws(Unread) -> PatternNode {
    var parts = [try sequence()]
    while takes("|") { parts.append(try sequence()) }
    return parts.count == 1 ? parts[0] : .choice(parts)
  }

  private mutating func sequence() throws(Unread) -> PatternNode {
    var parts: [PatternNode] = []
    while let scalar = next, scalar != "|", scalar != ")" { parts.append(try repetition(of: try atom())) }
    return .sequence(parts)
  }

  private mutating func repetition(of atom: PatternNode) throws(Unread) -> PatternNode {
    var node = atom
    var times = 0
    while let (from, to) = try bounds() {
      times += 1
      // Go refuses `a**`.
      guard times == 1 else { throw Unread() }
      _ = takes("?")
      node = .repeated(node, from: from, to: to)
    }
    return node
  }

  private mutating func bounds() throws(Unread) -> (Int, Int?)? {
    if takes("*") { return (0, nil) }
    if takes("+") { return (1, nil) }
    if takes("?") { return (0, 1) }
    let start = index
    guard takes("{"), let from = number() else {
      index = start
      return nil
    }
    let to = takes(",") ? number() : from
    // `{` that begins no repetition stands for itself.
    guard takes("}") else {
      index = start
      return nil
    }
    guard from <= Self.mostTimes, to ?? from <= Self.mostTimes, to ?? from >= from else { throw Unread() }
    return (from, to)
  }

  private mutating func number() -> Int? {
    var digits = ""
    while let scalar = next, PatternSet.digits.contains(scalar) {
      digits.unicodeScalars.append(scalar)
      index += 1
    }
    return digits.isEmpty ? nil : Int(digits) ?? .max
  }
}

extension PatternReader {
  private mutating func atom() throws(Unread) -> PatternNode {
    let scalar = try take()
    switch scalar {
    case "(": return try group()
    case "[": return .scalar(try set())
    case ".": return .scalar(dotMatchesAll ? PatternSet([], isNegated: true) : .allButLineFeed)
    case "^": return .start
    case "$": return .end
    case "*", "+", "?", ")": throw Unread()
    case "\\":
      if takes("b") { return .boundary(isThere: true) }
      if takes("B") { return .boundary(isThere: false) }
      if takes("A") { return .start }
      if takes("z") { return .end }
      return .scalar(cased(try escaped()))
    default: return .scalar(cased(PatternSet(scalar)))
    }
  }

  private func cased(_ set: PatternSet) -> PatternSet { ignoresCase ? set.withoutCase : set }

  private mutating func group() throws(Unread) -> PatternNode {
    depth += 1
    guard depth <= Self.deepest else { throw Unread() }
    defer { depth -= 1 }
    let (outerCase, outerDot) = (ignoresCase, dotMatchesAll)
    if takes("?") {
      if takes("P<") || takes("<") {
        guard next != "=", next != "!" else { throw Unread() }
        while try take() != ">" {}
      } else if try !flags() {
        // Flags alone count for the rest of the group they stand in.
        return .sequence([])
      }
    }
    let node = try choice()
    guard takes(")") else { throw Unread() }
    (ignoresCase, dotMatchesAll) = (outerCase, outerDot)
    return node
  }

  /// Reads `i:` or `s)`; whether a group follows.
  private mutating func flags() throws(Unread) -> Bool {
    while true {
      switch try take() {
      case "i": ignoresCase = true
      case "s": dotMatchesAll = true
      case ":": return true
      case ")": return false
      default: throw Unread()
      }
    }
  }

  private mutating func escaped() throws(Unread) -> PatternSet {
    let scalar = try take()
    func negated(_ set: PatternSet) -> PatternSet { PatternSet(set.ranges, isNegated: true) }
    switch scalar {
    case "d": return .digits
    case "D": return negated(.digits)
    case "w": return .words
    case "W": return negated(.words)
    case "s": return .blanks
    case "S": return negated(.blanks)
    case "n": return PatternSet("\n")
    case "t": return PatternSet("\t")
    case "r": return PatternSet("\r")
    case "f": return PatternSet("\u{C}")
    case "v": return PatternSet("\u{B}")
    case "x": return PatternSet(try hexadecimal())
    // Letters and digits that are left mean something that is not read here, such as `\p{L}`.
    case _ where PatternSet.words.contains(scalar) && scalar != "_": throw Unread()
    default: return PatternSet(scalar)
    }
  }

  private mutating func hexadecimal() throws(Unread) -> Unicode.Scalar {
    var digits = ""
    if takes("{") {
      while !takes("}") { digits.unicodeScalars.append(try take()) }
    } else {
      for _ in 0..<2 { digits.unicodeScalars.append(try take()) }
    }
    guard let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else { throw Unread() }
    return scalar
  }

  private mutating func set() throws(Unread) -> PatternSet {
    var set = PatternSet([])
    let isNegated = takes("^")
    var isFirst = true
    while isFirst || next != "]" {
      isFirst = false
      if takes("[:") {
        var name = ""
        while !takes(":]") { name.unicodeScalars.append(try take()) }
        guard let named = PatternSet.posix[name] else { throw Unread() }
        set.formUnion(named)
        continue
      }
      let low = try member()
      guard next == "-", index + 1 < scalars.count, scalars[index + 1] != "]" else {
        set.formUnion(low)
        continue
      }
      index += 1
      let high = try member()
      guard let from = low.single, let to = high.single, from <= to else { throw Unread() }
      set.formUnion(PatternSet([from...to]))
    }
    index += 1
    var result = cased(set)
    result.isNegated = isNegated
    return result
  }

  private mutating func member() throws(Unread) -> PatternSet {
    let scalar = try take()
    return scalar == "\\" ? try escaped() : PatternSet(scalar)
  }
}

extension PatternSet {
  /// The only character of a set that has one.
  fileprivate var single: UInt32? {
    ranges.count == 1 && !isNegated && ranges[0].lowerBound == ranges[0].upperBound ? ranges[0].lowerBound : nil
  }
}
