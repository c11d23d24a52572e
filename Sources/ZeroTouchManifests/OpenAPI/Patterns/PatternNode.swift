/// A regular expression, taken apart.
indirect enum PatternNode {
  case scalar(PatternSet)
  case start
  case end
  case boundary(isThere: Bool)
  case sequence([PatternNode])
  case choice([PatternNode])
  case repeated(PatternNode, from: Int, to: Int?)
}

/// The characters that may stand at one place.
struct PatternSet {
  private(set) var ranges: [ClosedRange<UInt32>]
  var isNegated = false

  init(_ ranges: [ClosedRange<UInt32>], isNegated: Bool = false) {
    self.ranges = ranges
    self.isNegated = isNegated
  }

  init(_ scalar: Unicode.Scalar) { self.init([scalar.value...scalar.value]) }

  static let digits = PatternSet([48...57])
  static let words = PatternSet([48...57, 65...90, 95...95, 97...122])
  static let blanks = PatternSet([9...10, 12...13, 32...32])
  static let allButLineFeed = PatternSet([10...10], isNegated: true)

  /// The sets that POSIX names, such as `[:alpha:]`.
  static let posix: [String: PatternSet] = [
    "alpha": PatternSet([65...90, 97...122]), "digit": digits, "alnum": PatternSet([48...57, 65...90, 97...122]),
    "upper": PatternSet([65...90]), "lower": PatternSet([97...122]), "space": PatternSet([9...13, 32...32]),
    "word": words, "xdigit": PatternSet([48...57, 65...70, 97...102]),
    "punct": PatternSet([33...47, 58...64, 91...96, 123...126]),
  ]

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    ranges.contains { $0.contains(scalar.value) } != isNegated
  }

  /// Everything of the other set as well; a negated one is turned round first.
  mutating func formUnion(_ other: PatternSet) {
    guard other.isNegated else {
      ranges += other.ranges
      return
    }
    var next: UInt32 = 0
    for range in other.ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > next { ranges.append(next...(range.lowerBound - 1)) }
      next = max(next, range.upperBound + 1)
    }
    ranges.append(next...0x10FFFF)
  }

  /// The same for small and capital letters.
  var withoutCase: PatternSet {
    var copy = self
    for range in ranges {
      let (capitals, smalls) = (range.clamped(to: 65...90), range.clamped(to: 97...122))
      if range.overlaps(65...90) { copy.ranges.append((capitals.lowerBound + 32)...(capitals.upperBound + 32)) }
      if range.overlaps(97...122) { copy.ranges.append((smalls.lowerBound - 32)...(smalls.upperBound - 32)) }
    }
    return copy
  }
}
