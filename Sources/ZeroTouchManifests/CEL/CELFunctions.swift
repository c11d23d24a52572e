import Foundation
import ZeroTouchModel

/// The functions and methods that expressions call.
enum CELFunctions {
  static let methods: Set = [
    "size", "replace", "join", "lowerAscii", "upperAscii", "trim", "startsWith", "endsWith", "contains", "split",
    "matches",
  ]

  static func call(_ name: String, _ arguments: [JSONValue]) throws(CELError) -> JSONValue {
    switch (name, arguments.first, arguments.count) {
    case ("size", let value?, 1): return .int(try size(value))
    case ("string", let value?, 1): return .string(value.stringValue ?? value.text())
    case ("int", let value?, 1): return .int(try integer(value))
    case ("double", .int(let number)?, 1): return .double(Double(number))
    case ("double", .double(let number)?, 1): return .double(number)
    case ("type", _, _), ("duration", _, _), ("timestamp", _, _), ("quantity", _, _):
      throw .unsupported("the function `\(name)`")
    default: throw .unsupported("the function `\(name)` with \(arguments.count) arguments")
    }
  }

  static func call(_ name: String, on receiver: JSONValue, _ arguments: [JSONValue]) throws(CELError) -> JSONValue {
    switch (receiver, arguments.first, arguments.count) {
    case (_, nil, 0) where name == "size": return .int(try size(receiver))
    case (.string(let text), nil, 0): return try transformed(text, name)
    case (.string(let text), .string(let argument)?, 1): return try asked(text, name, argument)
    case (.string(let text), .string(let search)?, 2) where name == "replace":
      return .string(text.replacing(search, with: arguments[1].stringValue ?? ""))
    case (.array(let elements), .string(let separator)?, 1) where name == "join":
      return .string(elements.map { $0.stringValue ?? $0.text() }.joined(separator: separator))
    default: throw .unsupported("the method `\(name)` with \(arguments.count) arguments")
    }
  }

  private static func transformed(_ text: String, _ name: String) throws(CELError) -> JSONValue {
    switch name {
    case "lowerAscii": return .string(String(text.map { $0.isASCII ? Character($0.lowercased()) : $0 }))
    case "upperAscii": return .string(String(text.map { $0.isASCII ? Character($0.uppercased()) : $0 }))
    case "trim": return .string(text.trimmingCharacters(in: .whitespacesAndNewlines))
    default: throw .unsupported("the method `\(name)`")
    }
  }

  private static func asked(_ text: String, _ name: String, _ argument: String) throws(CELError) -> JSONValue {
    switch name {
    case "startsWith": return .bool(text.hasPrefix(argument))
    case "endsWith": return .bool(text.hasSuffix(argument))
    case "contains": return .bool(argument.isEmpty || text.contains(argument))
    case "split": return .array(text.components(separatedBy: argument).map(JSONValue.string))
    case "matches":
      do { return .bool(try SearchPattern(argument).matches(text)) } catch { throw .unsupported("\(error)") }
    default: throw .unsupported("the method `\(name)`")
    }
  }

  private static func size(_ value: JSONValue) throws(CELError) -> Int64 {
    switch value {
    case .string(let text): return Int64(text.unicodeScalars.count)
    case .array(let elements): return Int64(elements.count)
    case .object(let members): return Int64(members.count)
    default: throw .failed("no such overload of `size`")
    }
  }

  private static func integer(_ value: JSONValue) throws(CELError) -> Int64 {
    switch value {
    case .int(let number): return number
    case .double(let number) where abs(number) < 9e18: return Int64(number)
    case .string(let text): if let number = Int64(text) { return number }
    default: break
    }
    throw .failed("`\(value.text())` is no integer")
  }
}
