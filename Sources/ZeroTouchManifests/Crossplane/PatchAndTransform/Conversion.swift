import Foundation
import ZeroTouchModel

/// A change of a value's type.
struct Conversion: Sendable, Hashable {
  enum Target: String, Sendable, Hashable { case string, int, int64, bool, float64, object, array }
  enum Format: String, Sendable, Hashable { case none, quantity, json }

  let target: Target
  let format: Format

  init(_ input: FunctionInput) throws(CompositionFailure) {
    try input.only("toType", "format")
    target = try input.demand("toType").word(Target.self, "the type")
    format = try input["format"]?.word(Format.self, "the format") ?? .none
  }

  func apply(to input: JSONValue) throws(CompositionFailure) -> JSONValue {
    switch (input, target, format) {
    case (.string, .string, .none), (.int, .int, .none), (.int, .int64, .none), (.bool, .bool, .none),
      (.double, .float64, .none), (.object, .object, .none), (.array, .array, .none):
      return input
    case (.string(let text), _, _): return try converted(text)
    case (.int(let number), .string, .none): return .string(String(number))
    case (.int(let number), .bool, .none): return .bool(number == 1)
    case (.int(let number), .float64, .none): return .double(Double(number))
    case (.bool(let flag), .string, .none): return .string(String(flag))
    case (.bool(let flag), .int, .none), (.bool(let flag), .int64, .none): return .int(flag ? 1 : 0)
    case (.bool(let flag), .float64, .none): return .double(flag ? 1 : 0)
    case (.double(let number), .string, .none): return .string(GoFormat.plainDecimal(number))
    case (.double(let number), .int, .none), (.double(let number), .int64, .none):
      guard abs(number) < 9e18 else { throw unsupported(input) }
      return .int(Int64(number))
    case (.double(let number), .bool, .none): return .bool(number == 1)
    default: throw unsupported(input)
    }
  }

  private func converted(_ text: String) throws(CompositionFailure) -> JSONValue {
    switch (target, format) {
    case (.int, .none), (.int64, .none): if let number = Int64(text) { return .int(number) }
    case (.bool, .none): if let flag = Self.flags[text] { return .bool(flag) }
    case (.float64, .none): if let number = Double(text) { return .double(number) }
    case (.float64, .quantity): if let number = Quantity(text)?.value { return .double(number) }
    case (.object, .json), (.array, .json):
      guard let value = try? JSONValue(parsing: text) else { break }
      if target == .object ? value.objectValue != nil : value.arrayValue != nil { return value }
    default: throw unsupported(.string(text))
    }
    throw CompositionFailure("`\(text)` is no \(target.rawValue)")
  }

  private func unsupported(_ input: JSONValue) -> CompositionFailure {
    let from = GoFormat.typeName(input)
    return CompositionFailure("conversion from \(from) to \(target.rawValue) is not supported with format \(format)")
  }

  private static let flags: [String: Bool] = [
    "1": true, "t": true, "T": true, "TRUE": true, "true": true, "True": true, "0": false, "f": false, "F": false,
    "FALSE": false, "false": false, "False": false,
  ]
}
