import Foundation
import ZeroTouchManifests

/// A text that another program completes before anybody reads it as YAML.
enum UnfilledText {
  /// Whether a text that is no YAML is one once its placeholders are filled in.
  static func isYAML(_ text: String, limits: YAMLLimits) -> Bool {
    let filled = filled(text)
    guard filled != text else { return false }
    return (try? LocatedYAML.documents(of: filled, file: "", limits: limits)) != nil
  }

  /// The text with a word for every placeholder, and without the lines that are nothing else.
  private static func filled(_ text: String) -> String {
    let lines = text.lines.compactMap { line -> String? in
      let filled = placeholders.reduce(String(line)) {
        $0.replacingOccurrences(of: $1, with: word, options: .regularExpression)
      }
      let rest = filled.replacingOccurrences(of: word, with: "").trimmingCharacters(in: .whitespaces)
      // Three dots stand for what a document leaves out.
      let isOmission = rest.count >= 3 && rest.allSatisfy { $0 == "." }
      return (filled != line && rest.isEmpty) || isOmission ? nil : filled
    }
    return lines.joined(separator: "\n")
  }

  private static let word = "zerotouchfilled"
  /// `${NAME}`, `<NAME>`, `{NAME}`, `%%NAME%%` and `@NAME@`.
  private static let placeholders = [
    #"\$\{[^}]*\}"#, "<[A-Z][A-Z0-9_]*>", #"(?<!\{)\{[A-Z][A-Z0-9_]*\}"#, "%%?[A-Z][A-Z0-9_]*%%?",
    "@@?[A-Z][A-Z0-9_]*@@?",
  ]
}
