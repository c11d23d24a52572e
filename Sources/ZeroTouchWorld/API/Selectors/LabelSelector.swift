package import ZeroTouchModel

/// A condition on labels, as `kubectl -l` and `matchLabels` express it.
package struct LabelSelector: Sendable, Hashable {
  /// One condition; all must hold.
  enum Requirement: Sendable, Hashable {
    case exists(String)
    case absent(String)
    case oneOf(String, Set<String>)
    case noneOf(String, Set<String>)
    case greater(String, Int)
    case less(String, Int)
  }

  let requirements: [Requirement]

  init(requirements: [Requirement]) { self.requirements = requirements }

  /// Reads `a=b,c!=d,e in (f,g),h,!i`.
  package init(parsing text: String) throws(APIFailure) {
    var requirements: [Requirement] = []
    for term in Self.terms(text) where !term.isEmpty {
      if Self.hasTwoSigns(term) {
        throw .badRequest("unable to parse requirement: found '=', expected: ',' or 'end of string'")
      }
      guard let requirement = Self.requirement(term) else {
        throw .badRequest("unable to parse requirement: found '\(term)', expected: a label selector")
      }
      requirements.append(requirement)
    }
    self.requirements = requirements
  }

  /// Reads `matchLabels` and `matchExpressions` of an object; the empty selector matches everything.
  package init(object: JSONValue) {
    let labels = (object["matchLabels"]?.stringMap ?? [:]).sorted { $0.key < $1.key }
    let expressions = object["matchExpressions"]?.arrayValue ?? []
    requirements =
      labels.map { .oneOf($0.key, [$0.value]) } + expressions.compactMap(Self.requirement(expression:))
  }

  package func matches(_ labels: [String: String]) -> Bool { requirements.allSatisfy { Self.holds($0, in: labels) } }

  /// Whether an object's own labels satisfy the conditions.
  package func matches(_ object: JSONValue) -> Bool {
    requirements.isEmpty || matches(object[path: "metadata", "labels"]?.stringMap ?? [:])
  }

  private static func holds(_ requirement: Requirement, in labels: [String: String]) -> Bool {
    switch requirement {
    case .exists(let key): labels[key] != nil
    case .absent(let key): labels[key] == nil
    case .oneOf(let key, let values): labels[key].map(values.contains) ?? false
    case .noneOf(let key, let values): labels[key].map { !values.contains($0) } ?? true
    case .greater(let key, let bound): labels[key].flatMap { Int($0) }.map { $0 > bound } ?? false
    case .less(let key, let bound): labels[key].flatMap { Int($0) }.map { $0 < bound } ?? false
    }
  }

  /// Splits at commas outside parentheses.
  private static func terms(_ text: String) -> [String] {
    var terms = [""]
    var depth = 0
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == ",", depth == 0 { terms.append("") } else { terms[terms.count - 1].append(character) }
    }
    return terms.map(trimmed)
  }

  private static func requirement(_ term: String) -> Requirement? {
    if term.hasSuffix(")") { return setRequirement(term) }
    if let parts = split(term, at: "!=") { return .noneOf(parts.0, [parts.1]) }
    if let parts = split(term, at: "==") { return .oneOf(parts.0, [parts.1]) }
    if let parts = split(term, at: "=") { return .oneOf(parts.0, [parts.1]) }
    if let parts = split(term, at: ">") { return Int(parts.1).map { .greater(parts.0, $0) } }
    if let parts = split(term, at: "<") { return Int(parts.1).map { .less(parts.0, $0) } }
    if term.hasPrefix("!") { return isKey(trimmed(term.dropFirst())) ? .absent(trimmed(term.dropFirst())) : nil }
    return isKey(term) ? .exists(term) : nil
  }

  private static func hasTwoSigns(_ term: String) -> Bool {
    guard !term.hasSuffix(")"), let sign = term.firstRange(of: "=") else { return false }
    return term[sign.upperBound...].drop { $0 == "=" }.contains("=")
  }

  private static func setRequirement(_ term: String) -> Requirement? {
    guard let open = term.firstIndex(of: "(") else { return nil }
    let words = term[..<open].split(separator: " ").map(String.init)
    let values = Set(term[term.index(after: open)...].dropLast().split(separator: ",").map(trimmed))
    guard words.count == 2, isKey(words[0]) else { return nil }
    switch words[1] {
    case "in": return .oneOf(words[0], values)
    case "notin": return .noneOf(words[0], values)
    default: return nil
    }
  }

  private static func requirement(expression: JSONValue) -> Requirement? {
    guard let key = expression["key"]?.stringValue else { return nil }
    let values = Set((expression["values"]?.arrayValue ?? []).compactMap(\.stringValue))
    switch expression["operator"]?.stringValue {
    case "In": return .oneOf(key, values)
    case "NotIn": return .noneOf(key, values)
    case "Exists": return .exists(key)
    case "DoesNotExist": return .absent(key)
    case "Gt": return values.first.flatMap { Int($0) }.map { .greater(key, $0) }
    case "Lt": return values.first.flatMap { Int($0) }.map { .less(key, $0) }
    default: return nil
    }
  }

  private static func split(_ term: String, at sign: String) -> (String, String)? {
    guard let range = term.firstRange(of: sign) else { return nil }
    let key = trimmed(term[..<range.lowerBound])
    return isKey(key) ? (key, trimmed(term[range.upperBound...])) : nil
  }

  private static func isKey(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { "-_./".utf8.contains($0) || isAlphanumeric($0) }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
