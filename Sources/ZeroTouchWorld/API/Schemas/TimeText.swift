import ZeroTouchModel

/// A time as the API's decoder reads it: RFC 3339, with or without fractions of a second.
struct TimeText {
  private static let layout = "2006-01-02T15:04:05Z07:00"
  /// What stands before each number, the number in the layout, and what it counts.
  private static let numbers: [(sign: String, element: String, name: String, range: ClosedRange<Int>)] = [
    ("", "2006", "year", 0...9999), ("-", "01", "month", 1...12), ("-", "02", "day", 0...99),
    ("T", "15", "hour", 0...23), (":", "04", "minute", 0...59), (":", "05", "second", 0...59),
  ]

  private let text: String
  private var rest: Substring

  /// Why a text is no time, in the decoder's words; nil where it is one.
  static func problem(_ text: String) -> String? {
    var reader = TimeText(text: text, rest: Substring(text))
    return reader.read()
  }

  private mutating func read() -> String? {
    var date: [Int] = []
    for (sign, element, name, range) in Self.numbers {
      guard rest.hasPrefix(sign) else { return unreadable(sign) }
      rest.removeFirst(sign.count)
      guard let number = number(element.count) else { return unreadable(element) }
      rest.removeFirst(element.count)
      guard range.contains(number) else { return outOfRange(name) }
      date.append(number)
    }
    skipFraction()
    if let problem = readZone() { return problem }
    guard rest.isEmpty else { return "parsing time \(Self.quoted(text)): extra text: \(Self.quoted(String(rest)))" }
    return 1...Self.days(of: date[1], in: date[0]) ~= date[2] ? nil : outOfRange("day")
  }

  private func number(_ digits: Int) -> Int? {
    let part = rest.prefix(digits)
    return part.utf8.count == digits && part.utf8.allSatisfy(Self.isDigit) ? Int(part) : nil
  }

  private mutating func skipFraction() {
    guard let sign = rest.first, ".,".contains(sign), rest.dropFirst().utf8.first.map(Self.isDigit) == true else {
      return
    }
    rest = rest.dropFirst().drop { $0.utf8.allSatisfy(Self.isDigit) }
  }

  private mutating func readZone() -> String? {
    if rest.hasPrefix("Z") {
      rest.removeFirst()
      return nil
    }
    let zone = Array(rest.utf8.prefix(6))
    guard zone.count == 6, "+-".utf8.contains(zone[0]), zone[3] == UInt8(ascii: ":"),
      [1, 2, 4, 5].allSatisfy({ Self.isDigit(zone[$0]) })
    else { return unreadable("Z07:00") }
    rest = rest.dropFirst(6)
    return nil
  }

  private func unreadable(_ element: String) -> String {
    let reason = "cannot parse \(Self.quoted(String(rest))) as \(Self.quoted(element))"
    return "parsing time \(Self.quoted(text)) as \(Self.quoted(Self.layout)): \(reason)"
  }

  private func outOfRange(_ what: String) -> String { "parsing time \(Self.quoted(text)): \(what) out of range" }

  private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

  private static func quoted(_ text: String) -> String { JSONValue.string(text).text() }

  private static func days(of month: Int, in year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    switch month {
    case 2: return isLeap ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }
}
