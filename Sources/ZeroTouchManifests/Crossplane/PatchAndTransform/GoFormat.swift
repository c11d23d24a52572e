import Foundation
import ZeroTouchModel

/// Go's `fmt.Sprintf` on JSON values, as patches use it.
struct GoFormat {
  private let format: String

  init(_ format: String) { self.format = format }

  /// One directive: `%-10.3[2]d` and its simpler forms.
  private struct Directive {
    var flags: Set<Character> = []
    var width: Int?
    var precision: Int?
    var index: Int?
    var verb: Character = "v"
  }

  /// The text with the values in it.
  func text(_ values: [JSONValue]) throws(CompositionFailure) -> String {
    var text = ""
    var rest = format[...]
    var next = 0
    var isReordered = false
    while let character = rest.popFirst() {
      guard character == "%" else {
        text.append(character)
        continue
      }
      let directive = try directive(&rest)
      if directive.verb == "%" {
        text.append("%")
        continue
      }
      if let index = directive.index {
        isReordered = true
        next = index - 1
      }
      guard values.indices.contains(next) else {
        text += directive.index == nil ? "%!\(directive.verb)(MISSING)" : "%!\(directive.verb)(BADINDEX)"
        next += 1
        continue
      }
      text += try Self.padded(Self.formatted(values[next], directive), directive)
      next += 1
    }
    guard !isReordered, next < values.count else { return text }
    let extra = values[next...].map { "\(Self.typeName($0))=\(Self.plain($0))" }.joined(separator: ", ")
    return text + "%!(EXTRA \(extra))"
  }

  private func directive(_ rest: inout Substring) throws(CompositionFailure) -> Directive {
    var directive = Directive()
    while let flag = rest.first, "+-# 0".contains(flag) { directive.flags.insert(rest.removeFirst()) }
    directive.width = Self.number(&rest)
    if rest.first == "." {
      rest.removeFirst()
      directive.precision = Self.number(&rest) ?? 0
    }
    if rest.first == "[" {
      rest.removeFirst()
      directive.index = Self.number(&rest)
      guard rest.popFirst() == "]", directive.index != nil else { throw unreadable }
    }
    guard let verb = rest.popFirst() else { throw unreadable }
    directive.verb = verb
    guard "vsdqtfgxX%".contains(verb), directive.flags.isDisjoint(with: ["#", " "]) else { throw unreadable }
    return directive
  }

  private var unreadable: CompositionFailure { CompositionFailure("the format `\(format)` cannot be evaluated") }

  private static func number(_ rest: inout Substring) -> Int? {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    rest = rest.dropFirst(digits.count)
    return Int(digits)
  }

  private static func formatted(_ value: JSONValue, _ directive: Directive) throws(CompositionFailure) -> String {
    switch (directive.verb, value) {
    case ("v", _): return plain(value)
    case ("s", .string(let text)): return String(text.prefix(directive.precision ?? text.count))
    case ("s", .array), ("s", .object): return plain(value)
    case ("q", .string(let text)): return JSONValue.string(text).text()
    case ("d", .int(let number)):
      return directive.flags.contains("+") && number >= 0 ? "+\(number)" : String(number)
    case ("x", .int(let number)): return String(number, radix: 16)
    case ("X", .int(let number)): return String(number, radix: 16, uppercase: true)
    case ("x", .string(let text)): return text.utf8.map { String(format: "%02x", $0) }.joined()
    case ("t", .bool(let flag)): return String(flag)
    case ("f", .double(let number)): return String(format: "%.\(directive.precision ?? 6)f", number)
    case ("g", .double(let number)) where directive.precision == nil: return shortest(number)
    default: return "%!\(directive.verb)(\(typeName(value))=\(plain(value)))"
    }
  }

  private static func padded(_ text: String, _ directive: Directive) -> String {
    guard let width = directive.width, text.count < width else { return text }
    let fill = String(repeating: directive.flags.contains("0") ? "0" : " ", count: width - text.count)
    if directive.flags.contains("-") { return text + String(repeating: " ", count: width - text.count) }
    return fill.hasPrefix("0") && text.hasPrefix("-") ? "-" + fill + text.dropFirst() : fill + text
  }
}

extension GoFormat {
  /// A value as `%v` prints it.
  static func plain(_ value: JSONValue) -> String {
    switch value {
    case .null: "<nil>"
    case .bool(let flag): String(flag)
    case .int(let number): String(number)
    case .double(let number): shortest(number)
    case .string(let text): text
    case .array(let elements): "[" + elements.map(plain).joined(separator: " ") + "]"
    case .object(let members):
      "map[" + members.sorted { $0.key < $1.key }.map { "\($0.key):\(plain($0.value))" }.joined(separator: " ") + "]"
    }
  }

  /// A number as `%v` prints it: an exponent below -4 and from 21 on.
  private static func shortest(_ number: Double) -> String {
    let exponent = number == 0 ? 0 : Int(log10(abs(number)).rounded(.down))
    guard exponent < -4 || exponent >= 21 else { return plainDecimal(number) }
    let parts = "\(number)".split(separator: "e")
    let mantissa = parts[0].hasSuffix(".0") ? parts[0].dropLast(2) : parts[0]
    let digits = String(abs(exponent))
    return "\(mantissa)e\(exponent < 0 ? "-" : "+")\(digits.count < 2 ? "0" + digits : digits)"
  }

  /// A number without an exponent, in as few digits as say it exactly.
  static func plainDecimal(_ number: Double) -> String {
    if let whole = Int64(exactly: number) { return String(whole) }
    return Decimal(string: "\(number)").map { "\($0)" } ?? "\(number)"
  }

  /// What Go calls the type of a value.
  static func typeName(_ value: JSONValue) -> String {
    switch value {
    case .null: "<nil>"
    case .bool: "bool"
    case .int: "int64"
    case .double: "float64"
    case .string: "string"
    case .array: "[]interface {}"
    case .object: "map[string]interface {}"
    }
  }
}
