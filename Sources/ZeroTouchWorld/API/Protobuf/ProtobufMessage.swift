import Foundation
import ZeroTouchModel

/// The fields of a protobuf message that the server reads, by number.
struct ProtobufMessage: Sendable {
  /// How a field's bytes become JSON.
  indirect enum Form: Sendable {
    /// Left out when empty.
    case text
    case base64
    /// Left out when zero, as Go's plain integers and booleans are.
    case integer
    case flag
    /// Kept when zero: a pointer in Go.
    case optionalInteger
    case optionalFlag
    case time
    /// JSON inside bytes.
    case rawJSON
    case integerOrText
    case quantity
    case message(ProtobufMessage)
    /// A message that counts even when it is empty.
    case present(ProtobufMessage)
    case map(Form)
    case list(Form)
  }

  let fields: [Int: (name: String, form: Form)]

  init(_ fields: [Int: (String, Form)]) { self.fields = fields.mapValues { (name: $0.0, form: $0.1) } }

  /// The message as JSON; nil when nothing is in it.
  func decode(_ bytes: ArraySlice<UInt8>, depth: Int) throws(ProtobufSyntaxError) -> JSONValue? {
    guard depth < 50 else { throw ProtobufSyntaxError(reason: "proto: nested too deep") }
    var reader = ProtobufReader(bytes)
    var members: [String: JSONValue] = [:]
    while let field = try reader.next() {
      guard let (name, form) = fields[field.number] else { continue }
      try Self.take(field, form, into: &members[name], depth: depth)
    }
    // A field without a name is embedded: in JSON its members stand one level up.
    if let embedded = members.removeValue(forKey: "")?.objectValue { members.merge(embedded) { own, _ in own } }
    return members.isEmpty ? nil : .object(members)
  }

  private static func take(
    _ field: ProtobufReader.Field, _ form: Form, into member: inout JSONValue?, depth: Int
  ) throws(ProtobufSyntaxError) {
    switch form {
    case .list(let element):
      let value = try value(field, element, depth: depth) ?? empty(element)
      member = .array((member?.arrayValue ?? []) + [value])
    case .map(let element):
      var reader = ProtobufReader(field.bytes ?? [])
      var (key, value) = ("", empty(element))
      while let part = try reader.next() {
        if part.number == 1 { key = part.text }
        if part.number == 2 { value = try Self.value(part, element, depth: depth) ?? empty(element) }
      }
      member = member ?? [:]
      member?[key] = value
    default:
      if let value = try value(field, form, depth: depth) { member = value }
    }
  }

  private static func value(
    _ field: ProtobufReader.Field, _ form: Form, depth: Int
  ) throws(ProtobufSyntaxError) -> JSONValue? {
    let integer = JSONValue.int(Int64(bitPattern: field.integer))
    switch form {
    case .text: return field.text.isEmpty ? nil : .string(field.text)
    case .base64: return .string(Data(field.bytes ?? []).base64EncodedString())
    case .integer: return field.integer == 0 ? nil : integer
    case .flag: return field.integer == 0 ? nil : true
    case .optionalInteger: return integer
    case .optionalFlag: return .bool(field.integer != 0)
    case .time: return try time(field.bytes ?? [])
    case .rawJSON: return try rawJSON(field.bytes ?? [])
    case .integerOrText: return try integerOrText(field.bytes ?? [])
    case .quantity: return try first(field.bytes ?? []).map { .string($0.text) }
    case .message(let message): return try message.decode(field.bytes ?? [], depth: depth + 1)
    case .present(let message): return try message.decode(field.bytes ?? [], depth: depth + 1) ?? [:]
    case .map, .list: return nil
    }
  }

  private static func empty(_ form: Form) -> JSONValue {
    switch form {
    case .message, .present: [:]
    case .integer, .optionalInteger: 0
    default: ""
    }
  }

  private static func first(_ bytes: ArraySlice<UInt8>) throws(ProtobufSyntaxError) -> ProtobufReader.Field? {
    var reader = ProtobufReader(bytes)
    return try reader.next()
  }

  private static func time(_ bytes: ArraySlice<UInt8>) throws(ProtobufSyntaxError) -> JSONValue? {
    guard let seconds = try first(bytes)?.integer, seconds > 0, seconds < 1 << 40 else { return nil }
    return .string(Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601))
  }

  private static func rawJSON(_ bytes: ArraySlice<UInt8>) throws(ProtobufSyntaxError) -> JSONValue? {
    guard let text = try first(bytes)?.bytes else { return nil }
    return try? JSONValue(parsing: text)
  }

  private static func integerOrText(_ bytes: ArraySlice<UInt8>) throws(ProtobufSyntaxError) -> JSONValue {
    var reader = ProtobufReader(bytes)
    var (isText, number, text) = (false, Int64(0), "")
    while let field = try reader.next() {
      if field.number == 1 { isText = field.integer == 1 }
      if field.number == 2 { number = Int64(bitPattern: field.integer) }
      if field.number == 3 { text = field.text }
    }
    return isText ? .string(text) : .int(number)
  }
}
