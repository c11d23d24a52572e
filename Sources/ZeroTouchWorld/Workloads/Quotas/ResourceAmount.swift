import ZeroTouchModel

/// An amount of a resource as quotas add it up, written as Kubernetes writes it: `500m`, `8`, `6656Mi`.
struct ResourceAmount: Sendable, Hashable, Comparable, CustomStringConvertible {
  private static let binary = ["Ei", "Pi", "Ti", "Gi", "Mi", "Ki"]
  private static let decimal = ["E", "P", "T", "G", "M", "k"]

  /// In thousandths: no quota is finer.
  private(set) var thousandths: Int
  /// Whether it was written in powers of 1024.
  private(set) var isBinary: Bool

  static let zero = ResourceAmount(thousandths: 0, isBinary: false)

  static func count(_ number: Int) -> ResourceAmount { ResourceAmount(thousandths: number * 1000, isBinary: false) }

  private init(thousandths: Int, isBinary: Bool) {
    self.thousandths = thousandths
    self.isBinary = isBinary
  }

  /// Reads an amount as manifests give it: a text, or a plain number.
  init?(_ value: JSONValue?) {
    guard let value else { return nil }
    if let number = value.intValue {
      self = .count(number)
      return
    }
    guard let text = value.stringValue else { return nil }
    let number = text.prefix { $0.isNumber || $0 == "." }
    let unit = String(text.dropFirst(number.count))
    guard let mantissa = Double(number), let factor = Self.factor(unit) else { return nil }
    let exact = (mantissa * factor * 1000).rounded(.up)
    guard exact < Double(Int.max / 2) else { return nil }
    self.init(thousandths: Int(exact), isBinary: unit.hasSuffix("i"))
  }

  private static func factor(_ unit: String) -> Double? {
    if unit.isEmpty { return 1 }
    if unit == "m" { return 0.001 }
    if let place = binary.firstIndex(of: unit) { return power(1024, 6 - place) }
    return decimal.firstIndex(of: unit).map { power(1000, 6 - $0) }
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }

  static func < (left: Self, right: Self) -> Bool { left.thousandths < right.thousandths }

  static func + (left: Self, right: Self) -> Self {
    let keepsRight = left.thousandths == 0
    return ResourceAmount(
      thousandths: left.thousandths + right.thousandths, isBinary: keepsRight ? right.isBinary : left.isBinary)
  }

  var description: String {
    guard thousandths.isMultiple(of: 1000) else { return "\(thousandths)m" }
    let whole = thousandths / 1000
    guard whole != 0 else { return "0" }
    let base = isBinary ? 1024 : 1000
    for (place, unit) in (isBinary ? Self.binary : Self.decimal).enumerated() {
      let size = (0..<(6 - place)).reduce(1) { product, _ in product * base }
      if whole.isMultiple(of: size) { return "\(whole / size)\(unit)" }
    }
    return "\(whole)"
  }
}
