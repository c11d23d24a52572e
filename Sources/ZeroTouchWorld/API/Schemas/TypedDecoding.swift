import Foundation
import ZeroTouchModel

/// Why an object cannot be read as one of its kind, in the decoder's words.
struct DecodingProblem: Error, Equatable {
  let text: String
}

/// Reads objects of built-in kinds as the API server's typed decoder does: a value of a wrong type is an error.
struct TypedDecoding {
  /// Where a value stands: the type that holds the field, and the names on the way.
  private struct Place {
    var holder: String
    var path: [String] = []
  }

  let kind: String

  /// Refuses an object with a value of a wrong type.
  func check(_ object: JSONValue) throws(DecodingProblem) {
    guard FieldTable.types[kind] != nil else { return }
    try check(object, .type(kind), Place(holder: kind))
  }

  private func check(_ value: JSONValue, _ type: FieldType, _ place: Place) throws(DecodingProblem) {
    switch (type, value) {
    case (_, .null), (.any, _), (.text, .string), (.flag, .bool), (.number, .int), (.number, .double),
      (.integerOrText, .string), (.quantity, .int), (.quantity, .double):
      return
    case (.integer(let bits), .int(let number)) where Self.fits(number, bits): return
    case (.integer(let bits), .double(let number)) where Int64(exactly: number).map { Self.fits($0, bits) } ?? false:
      return
    case (.integerOrText, .int(let number)) where Self.fits(number, 32): return
    case (.time, .string(let text)): if let problem = TimeText.problem(text) { throw DecodingProblem(text: problem) }
    case (.bytes, .string(let text)): try checkBase64(text)
    case (.quantity, .string(let text)): try checkQuantity(text)
    case (.list(let inner), .array(let elements)): for element in elements { try check(element, inner, place) }
    case (.map(let inner), .object(let members)):
      for (_, member) in members.sorted(by: { $0.key < $1.key }) { try check(member, inner, place) }
    case (.type(let name), .object(let members)): try checkFields(members, name, place)
    case (.quantity, _): throw Self.noQuantity
    default: throw mismatch(value, type, place)
    }
  }

  private static func fits(_ number: Int64, _ bits: Int) -> Bool { bits > 32 || Int32(exactly: number) != nil }

  private func checkFields(_ members: [String: JSONValue], _ name: String, _ place: Place) throws(DecodingProblem) {
    guard let fields = FieldTable.types[name] else { return }
    for (member, value) in members.sorted(by: { $0.key < $1.key }) {
      guard let type = fields[member] else { continue }
      try check(value, type, Place(holder: name, path: place.path + [member]))
    }
  }

  private func mismatch(_ value: JSONValue, _ type: FieldType, _ place: Place) -> DecodingProblem {
    let found =
      switch value {
      case .bool: "bool"
      case .string: "string"
      case .array: "array"
      case .object: "object"
      case .double: "number \(value.text())"
      case .int where type.isWhole: "number \(value.text())"
      default: "number"
      }
    // Such a value reads itself, without knowing where it stands.
    if case .integerOrText = type {
      return DecodingProblem(text: "json: cannot unmarshal \(found) into Go value of type \(type.goName)")
    }
    let field = ([place.holder] + [place.path.joined(separator: ".")]).joined(separator: ".")
    return DecodingProblem(text: "json: cannot unmarshal \(found) into Go struct field \(field) of type \(type.goName)")
  }

  private func checkBase64(_ text: String) throws(DecodingProblem) {
    let isAlphabet: (UInt8) -> Bool = { byte in
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        || "+/=\r\n".utf8.contains(byte)
    }
    if let bad = text.utf8.enumerated().first(where: { !isAlphabet($0.element) }) {
      throw DecodingProblem(text: "illegal base64 data at input byte \(bad.offset)")
    }
    let digits = text.utf8.filter { !"\r\n".utf8.contains($0) }
    guard Data(base64Encoded: Data(digits)) != nil else {
      throw DecodingProblem(text: "illegal base64 data at input byte \(digits.count / 4 * 4)")
    }
  }

  private static let noQuantity = DecodingProblem(
    text: "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")

  private func checkQuantity(_ text: String) throws(DecodingProblem) {
    let digits = text.utf8.drop { "+-".utf8.contains($0) }.prefix { "0123456789.".utf8.contains($0) }
    let rest = text.utf8.suffix(from: digits.endIndex)
    let unit = rest.prefix { !"+-0123456789".utf8.contains($0) }
    let units = ["", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "e"]
    guard !digits.isEmpty, units.contains(String(decoding: unit, as: UTF8.self)) else { throw Self.noQuantity }
  }
}
