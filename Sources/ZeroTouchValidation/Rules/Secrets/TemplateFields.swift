import Foundation

/// The fields that a Go template takes from what it is given.
enum TemplateFields {
  /// None where the template changes what `.` means: then nothing is known.
  static func all(in text: String) -> [String] {
    var fields: [String] = []
    for part in text.components(separatedBy: "{{").dropFirst() {
      let action = part.components(separatedBy: "}}")[0]
      let first = action.split { !$0.isLetter }.first.map(String.init) ?? ""
      if ["range", "with", "define", "template", "block"].contains(first) || action.contains("$") { return [] }
      fields += names(in: unquoted(action))
    }
    return fields
  }

  private static func unquoted(_ action: String) -> String {
    action.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .map { $0.offset.isMultiple(of: 2) ? String($0.element) : " " }.joined()
  }

  private static func names(in action: String) -> [String] {
    var names: [String] = []
    var before: Character = " "
    var rest = action[...]
    while let character = rest.popFirst() {
      if character == ".", before.isWhitespace || "(|-".contains(before) {
        let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        if !name.isEmpty { names.append(String(name)) }
        rest = rest.dropFirst(name.count)
        before = "a"
        continue
      }
      before = character
    }
    return names
  }
}
