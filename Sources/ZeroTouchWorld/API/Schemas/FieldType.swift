/// What a field of a built-in kind holds, as the API's definitions say.
indirect enum FieldType: Sendable, Hashable {
  case text
  case integer(bits: Int)
  case number
  case flag
  /// In base64.
  case bytes
  case time
  case quantity
  case integerOrText
  case any
  case list(FieldType)
  case map(FieldType)
  /// Another type of the table.
  case type(String)

  /// Reads `string`, `[]Container` or `map:quantity`.
  init(parsing text: some StringProtocol) {
    if text.hasPrefix("[]") {
      self = .list(FieldType(parsing: text.dropFirst(2)))
    } else if text.hasPrefix("map:") {
      self = .map(FieldType(parsing: text.dropFirst(4)))
    } else {
      self = Self.simple[String(text)] ?? .type(String(text))
    }
  }

  private static let simple: [String: FieldType] = [
    "string": .text, "int32": .integer(bits: 32), "int64": .integer(bits: 64), "number": .number, "bool": .flag,
    "bytes": .bytes, "time": .time, "quantity": .quantity, "intOrString": .integerOrText, "any": .any,
  ]

  /// Whether it is a number without fractions, which has bounds.
  var isWhole: Bool {
    switch self {
    case .integer, .integerOrText: true
    default: false
    }
  }

  /// The type as Go calls it; types of the API carry the name of their package.
  var goName: String {
    switch self {
    case .text, .bytes: "string"
    case .integer(let bits): "int\(bits)"
    case .number: "float64"
    case .flag: "bool"
    case .time: "v1.Time"
    case .quantity: "resource.Quantity"
    case .integerOrText: "int32"
    case .any: "runtime.RawExtension"
    case .list(let element): "[]\(element.goName)"
    case .map(let element): "map[string]\(element.goName)"
    case .type(let name): "v1.\(name)"
    }
  }
}
