import Foundation
import ZeroTouchModel

extension Transform {
  /// What becomes of a value.
  func apply(to input: JSONValue) throws(CompositionFailure) -> JSONValue {
    switch self {
    case .map(let pairs): return try Self.looked(input, up: pairs)
    case .match(let patterns, let fallback, let fallsBackToInput):
      for pattern in patterns where try pattern.matches(input) { return pattern.result }
      return fallsBackToInput ? input : fallback
    case .multiply(let factor): return try Self.product(input, factor)
    case .clampMin(let bound): return try Self.whole(input) < bound ? .int(bound) : input
    case .clampMax(let bound): return try Self.whole(input) > bound ? .int(bound) : input
    case .format(let format): return .string(try GoFormat(format).text([input]))
    case .change(let change): return .string(try change.applied(to: input))
    case .trim(let text, let isPrefix):
      let whole = GoFormat.plain(input)
      if isPrefix { return .string(whole.hasPrefix(text) ? String(whole.dropFirst(text.count)) : whole) }
      return .string(whole.hasSuffix(text) ? String(whole.dropLast(text.count)) : whole)
    case .regexp(let pattern, let group): return .string(try Self.found(pattern, group, in: input))
    case .join(let separator): return .string(try Self.joined(input, separator))
    case .replace(let search, let replacement):
      return .string(GoFormat.plain(input).replacingOccurrences(of: search, with: replacement))
    case .convert(let conversion): return try conversion.apply(to: input)
    }
  }

  private static func looked(_ input: JSONValue, up pairs: [String: JSONValue]) throws(CompositionFailure) -> JSONValue
  {
    guard let key = input.stringValue else {
      throw CompositionFailure("\(GoFormat.typeName(input)) is not a supported type for the map transform")
    }
    guard let value = pairs[key] else { throw CompositionFailure("key \(key) is not found in map") }
    return value
  }

  private static func product(_ input: JSONValue, _ factor: JSONValue) throws(CompositionFailure) -> JSONValue {
    guard case .int(let factor) = factor else { throw CompositionFailure("the factor is no integer") }
    switch input {
    case .int(let number): return .int(number &* factor)
    case .double(let number): return .double(number * Double(factor))
    default: throw notANumber
    }
  }

  private static func whole(_ input: JSONValue) throws(CompositionFailure) -> Int64 {
    switch input {
    case .int(let number): return number
    case .double(let number) where abs(number) < 9e18: return Int64(number)
    default: throw notANumber
    }
  }

  private static var notANumber: CompositionFailure {
    CompositionFailure("input is required to be a number for math transformation")
  }

  private static func found(_ pattern: String, _ group: Int, in input: JSONValue) throws(CompositionFailure) -> String {
    let groups: [String?]?
    do { groups = try SearchPattern(pattern).groups(in: GoFormat.plain(input)) } catch {
      throw CompositionFailure("\(error)")
    }
    guard let groups, groups.indices.contains(group) else {
      throw CompositionFailure("regexp \"\(pattern)\" had no matches for group \(group)")
    }
    return groups[group] ?? ""
  }

  private static func joined(_ input: JSONValue, _ separator: String) throws(CompositionFailure) -> String {
    guard let elements = input.arrayValue else { throw CompositionFailure("the input of a join is no array") }
    let text = elements.map { GoFormat.plain($0) + separator }.joined()
    // The function takes one byte off the end, however long the separator is.
    return separator.isEmpty || text.isEmpty ? text : String(decoding: text.utf8.dropLast(), as: UTF8.self)
  }
}

extension Transform.Pattern {
  fileprivate func matches(_ input: JSONValue) throws(CompositionFailure) -> Bool {
    guard let value = input.stringValue else {
      throw CompositionFailure("\(GoFormat.typeName(input)) is not a supported type for the match transform")
    }
    if kind == .literal { return value == text }
    do { return try SearchPattern(text).matches(value) } catch { throw CompositionFailure("\(error)") }
  }
}

extension Transform.TextChange {
  fileprivate func applied(to input: JSONValue) throws(CompositionFailure) -> String {
    let text = GoFormat.plain(input)
    let raw = Array((input.stringValue ?? input.text()).utf8)
    switch self {
    case .toUpper: return text.uppercased()
    case .toLower: return text.lowercased()
    case .toBase64: return Data(text.utf8).base64EncodedString()
    case .fromBase64:
      guard let data = Data(base64Encoded: text) else { throw CompositionFailure("string is not valid base64") }
      return String(decoding: data, as: UTF8.self)
    case .toJSON: return input.text()
    case .toSHA1: return SHA1.hexadecimal(of: raw)
    case .toSHA256: return SHA256.hexadecimal(of: raw)
    case .toSHA512: return SHA512.hexadecimal(of: raw)
    case .toAdler32: return String(Adler32.sum(of: raw))
    }
  }
}
