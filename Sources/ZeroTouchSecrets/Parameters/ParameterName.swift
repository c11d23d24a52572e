import ZeroTouchModel

/// The whole name of a parameter in Parameter Store, such as `/zerotouch/prod/kagent/openai_api_key`.
package struct ParameterName: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let description: String

  /// Takes a name that the store will take, or says what is wrong with it.
  package init(_ text: String) throws(Problem) {
    if let problem = Self.problem(of: text) { throw problem }
    description = text
  }

  package static func < (left: Self, right: Self) -> Bool { left.description < right.description }

  /// Whether the parameter lies below a prefix.
  package func isBelow(_ prefix: String) -> Bool {
    description.hasPrefix(prefix.hasSuffix("/") ? prefix : prefix + "/")
  }

  /// Why a text names no parameter.
  package enum Problem: Error, Sendable, Hashable, CustomStringConvertible {
    case notWhole, emptyLevel
    case reserved(String)
    case character(Character)
    case tooDeep(Int)
    case tooLong(Int)

    package var description: String {
      switch self {
      case .notWhole: "it does not begin with `/`"
      case .emptyLevel: "a level of it is empty"
      case .reserved(let word): "it begins with `\(word)`, which AWS keeps for itself"
      case .character(let character):
        "it has the character `\(character)`; letters, digits and `.`, `_`, `-` are allowed"
      case .tooDeep(let levels): "it has \(levels) levels, and \(ParameterName.mostLevels) are allowed"
      case .tooLong(let length): "it has \(length) characters, and \(ParameterName.longest) are allowed"
      }
    }
  }

  fileprivate static let mostLevels = 15
  /// 1011 with the ARN in front of it, which takes about 45.
  fileprivate static let longest = 966

  private static func problem(of text: String) -> Problem? {
    guard text.hasPrefix("/") else { return .notWhole }
    let levels = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    guard levels.allSatisfy({ !$0.isEmpty }) else { return .emptyLevel }
    let strange = text.first { character in
      !(character.isASCII && (character.isLetter || character.isNumber || "/._-".contains(character)))
    }
    if let strange { return .character(strange) }
    if levels.count > mostLevels { return .tooDeep(levels.count) }
    if text.utf8.count > longest { return .tooLong(text.utf8.count) }
    return ["aws", "ssm"].first { levels[0].lowercased().hasPrefix($0) }.map(Problem.reserved)
  }
}
