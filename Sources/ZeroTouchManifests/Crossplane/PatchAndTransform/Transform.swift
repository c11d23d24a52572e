import ZeroTouchModel

/// One step that a patched value goes through.
enum Transform: Sendable, Hashable {
  case map([String: JSONValue])
  case match([Pattern], fallback: JSONValue, fallsBackToInput: Bool)
  case multiply(JSONValue)
  case clampMin(Int64)
  case clampMax(Int64)
  case format(String)
  case change(TextChange)
  case trim(String, isPrefix: Bool)
  case regexp(String, group: Int)
  case join(String)
  case replace(String, with: String)
  case convert(Conversion)

  /// One pattern of a match, with what it stands for.
  struct Pattern: Sendable, Hashable {
    enum Kind: String, Sendable, Hashable { case literal, regexp }
    let kind: Kind
    let text: String
    let result: JSONValue
  }

  enum TextChange: String, Sendable, Hashable {
    case toUpper = "ToUpper"
    case toLower = "ToLower"
    case toBase64 = "ToBase64"
    case fromBase64 = "FromBase64"
    case toJSON = "ToJson"
    case toSHA1 = "ToSha1"
    case toSHA256 = "ToSha256"
    case toSHA512 = "ToSha512"
    case toAdler32 = "ToAdler32"
  }
}

extension Transform {
  init(_ input: FunctionInput) throws(CompositionFailure) {
    try input.only("type", "map", "match", "math", "string", "convert")
    let kind = try input.demand("type", "transform type is required").text()
    switch kind {
    case "map": self = .map(try input.demand("map").value.objectValue ?? [:])
    case "match": self = try Self.match(try input.demand("match"))
    case "math": self = try Self.math(try input.demand("math"))
    case "string": self = try Self.string(try input.demand("string"))
    case "convert": self = .convert(try Conversion(try input.demand("convert")))
    default: throw input.failure("the transform type `\(kind)` cannot be evaluated")
    }
  }

  private static func match(_ input: FunctionInput) throws(CompositionFailure) -> Transform {
    try input.only("patterns", "fallbackTo", "fallbackValue")
    var patterns: [Pattern] = []
    for pattern in try input.elements("patterns") {
      try pattern.only("type", "literal", "regexp", "result")
      let kind = try pattern.demand("type", "match pattern type \"\" is invalid").word(Pattern.Kind.self, "the type")
      let text = try pattern.demand(kind.rawValue, "\(kind.rawValue) is required by the type").text()
      patterns.append(Pattern(kind: kind, text: text, result: pattern["result"]?.value ?? .null))
    }
    let fallback = try input["fallbackTo"]?.text() ?? "Value"
    guard ["Value", "Input"].contains(fallback) else {
      throw input.failure("`fallbackTo: \(fallback)` cannot be evaluated")
    }
    if fallback == "Input", input["fallbackValue"] != nil {
      throw input.failure("cannot set both a fallback value and the fallback to input flag")
    }
    return .match(patterns, fallback: input["fallbackValue"]?.value ?? .null, fallsBackToInput: fallback == "Input")
  }

  private static func math(_ input: FunctionInput) throws(CompositionFailure) -> Transform {
    try input.only("type", "multiply", "clampMin", "clampMax")
    switch try input.demand("type", "math transform type is required").text() {
    case "Multiply": return .multiply(.int(try input.demand("multiply").integer()))
    case "ClampMin": return .clampMin(try input.demand("clampMin").integer())
    case "ClampMax": return .clampMax(try input.demand("clampMax").integer())
    case let other: throw input.failure("the math transform type `\(other)` cannot be evaluated")
    }
  }

  private static func string(_ input: FunctionInput) throws(CompositionFailure) -> Transform {
    try input.only("type", "fmt", "convert", "trim", "regexp", "join", "replace")
    switch try input.demand("type", "string transform type is required").text() {
    case "Format": return .format(try input.demand("fmt").text())
    case "Convert": return .change(try input.demand("convert").word(TextChange.self, "the conversion"))
    case "TrimPrefix": return .trim(try input.demand("trim").text(), isPrefix: true)
    case "TrimSuffix": return .trim(try input.demand("trim").text(), isPrefix: false)
    case "Regexp":
      let regexp = try input.demand("regexp")
      return .regexp(try regexp.demand("match").text(), group: Int(try regexp["group"]?.integer() ?? 0))
    case "Join": return .join(try input.demand("join").demand("separator").text())
    case "Replace":
      let replace = try input.demand("replace")
      return .replace(try replace.demand("search").text(), with: try replace.demand("replace").text())
    case let other: throw input.failure("the string transform type `\(other)` cannot be evaluated")
    }
  }
}
