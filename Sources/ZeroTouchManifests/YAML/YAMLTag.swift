import Foundation
import ZeroTouchModel

/// An explicit tag of a scalar, such as `!!str`.
struct YAMLTag {
  private static let prefix = "tag:yaml.org,2002:"
  private let name: String?

  /// Why a scalar has no value.
  enum Problem: Error {
    case notJSON
    case notOf(tag: String)

    func message(_ text: String) -> String {
      switch self {
      case .notJSON: "\(text) is no value of JSON"
      case .notOf(let tag): "\(text) is no value of `!!\(tag)`"
      }
    }
  }

  init(_ tag: String) { name = tag.hasPrefix(Self.prefix) ? String(tag.dropFirst(Self.prefix.count)) : nil }

  /// The value of a scalar that carries this tag; a tag of somebody's own says nothing.
  func value(of text: String, isPlain: Bool) throws(Problem) -> JSONValue {
    switch name {
    case "str": return .string(text)
    case "int", "float", "bool", "null": return try resolved(text, as: name ?? "")
    case "binary":
      guard let data = Data(base64Encoded: text, options: .ignoreUnknownCharacters),
        let content = String(data: data, encoding: .utf8)
      else { throw .notOf(tag: "binary") }
      return .string(content)
    default:
      guard isPlain else { return .string(text) }
      do { return try YAMLScalar.resolve(text) } catch { throw .notJSON }
    }
  }

  /// The bytes of a `!!binary` that are no UTF-8 text, in base64.
  func bytes(of text: String) -> String? {
    guard name == "binary", let data = Data(base64Encoded: text, options: .ignoreUnknownCharacters) else { return nil }
    return String(data: data, encoding: .utf8) == nil ? data.base64EncodedString() : nil
  }

  private func resolved(_ text: String, as tag: String) throws(Problem) -> JSONValue {
    guard let value = try? YAMLScalar.resolve(text) else { throw .notJSON }
    switch (tag, value) {
    case ("int", .int), ("float", .int), ("float", .double), ("bool", .bool), ("null", .null): return value
    default: throw .notOf(tag: tag)
    }
  }
}
