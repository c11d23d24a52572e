import ZeroTouchModel

/// A condition on fields, such as `metadata.name=a,spec.nodeName!=b`.
struct FieldSelector: Sendable, Hashable {
  private struct Requirement: Sendable, Hashable {
    let path: [String]
    let value: String
    let isEqual: Bool
  }

  private let requirements: [Requirement]

  /// Reads the comma-separated conditions.
  init(parsing text: String) throws(APIFailure) {
    var requirements: [Requirement] = []
    for term in text.split(separator: ",").map(String.init) {
      let isEqual = !term.contains("!=")
      let sign = isEqual ? (term.contains("==") ? "==" : "=") : "!="
      guard let range = term.firstRange(of: sign) else {
        throw .badRequest("invalid selector: '\(text)'; can't understand '\(term)'")
      }
      let path = term[..<range.lowerBound].split(separator: ".").map(String.init)
      requirements.append(Requirement(path: path, value: String(term[range.upperBound...]), isEqual: isEqual))
    }
    self.requirements = requirements
  }

  func matches(_ object: JSONValue) -> Bool {
    requirements.allSatisfy { (Self.text(of: object, at: $0.path) == $0.value) == $0.isEqual }
  }

  /// The name that the conditions ask for, so that one object need not be searched among many.
  var name: String? { requirements.first { $0.isEqual && $0.path == ["metadata", "name"] }?.value }

  private static func text(of object: JSONValue, at path: [String]) -> String {
    switch path.reduce(Optional(object), { $0?[$1] }) {
    case .string(let text): text
    case .int(let number): String(number)
    case .bool(let flag): flag ? "true" : "false"
    default: path == ["spec", "unschedulable"] ? "false" : ""
    }
  }
}
