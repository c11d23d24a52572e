import Foundation

/// The Lua script in `argocd-cm` that gives child Applications a health, as far as its text tells what it answers.
package struct ApplicationHealthScript: Sendable, Hashable {
  /// What happens when the child is Degraded.
  package enum OnDegraded: Sendable, Hashable {
    /// No status that the script sets can be that.
    case neverSaid
    /// The script says so itself, or passes on what the child says.
    case passedOn
    /// It computes what it says: the text alone does not tell.
    case unclear
  }

  /// The key of `argocd-cm`.
  package static let key = "resource.customizations.health.argoproj.io_Application"

  package let onDegraded: OnDegraded
  /// Whether a child has to be Synced to be healthy; nil where the text does not tell.
  package let waitsForSynced: Bool?
  /// Whether it holds the verdict against the spec that it was reached at.
  package let comparesSpec: Bool
  package let isEmpty: Bool

  package init(_ text: String) {
    let code = Self.withoutComments(text)
    let answers = Self.answers(in: code)
    isEmpty = !code.contains { !$0.isWhitespace }
    comparesSpec = code.contains("comparedTo")
    onDegraded = Self.judge(answers, in: code)
    let speaksOfSync = code.contains("\"Synced\"") || code.contains("'Synced'") || code.contains("OutOfSync")
    waitsForSynced = speaksOfSync ? true : answers.isEmpty || code.contains(".sync") ? nil : false
  }

  private static func withoutComments(_ text: String) -> String {
    text.replacing(#/--\[\[(?s:.*?)\]\]/#, with: "").replacing(#/--[^\n]*/#, with: "")
  }

  /// What `status` is set to, in assignments and in tables: with quotes where it is written out.
  private static func answers(in code: String) -> [String] {
    // By Unicode's boundaries `hs.status` is one word.
    let assignment =
      #/
      (local\s+)? \bstatus"?\]?\s*=\s*
      ( "[^"\n]*" | '[^'\n]*' | [^=\s][^\n;,}]*? ) (?= \s+(?:else|elseif|end)\b | [\n;,}] | $ )
      /#.wordBoundaryKind(.simple)
    return code.matches(of: assignment).compactMap { match in
      let value = match.2.trimmingCharacters(in: .whitespaces)
      // A shorter name for the child's own status is no answer.
      return match.1 != nil || value == "obj.status" ? nil : value
    }
  }

  private static func judge(_ answers: [String], in code: String) -> OnDegraded {
    let computed = answers.filter { !$0.hasPrefix("\"") && !$0.hasPrefix("'") }
    if answers.contains(where: { !computed.contains($0) && $0.contains("Degraded") }) { return .passedOn }
    guard !answers.isEmpty else { return .unclear }
    guard !computed.isEmpty else { return .neverSaid }
    // Whoever speaks of Degraded and computes the answer may well turn the one into the other.
    let mapsIt = code.contains("Degraded")
    return !mapsIt && computed.contains { passesOn($0, in: code) } ? .passedOn : .unclear
  }

  /// Whether a value is the child's own health: read there and then, or into a variable before.
  private static func passesOn(_ value: String, in code: String) -> Bool {
    if value.contains("health.status") { return true }
    let name = value.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    guard !name.isEmpty else { return false }
    return code.split(separator: "\n").contains { line in
      let words = line.split(whereSeparator: \.isWhitespace)
      let start = words.first == "local" ? 1 : 0
      return words.count > start + 1 && words[start] == name && words[start + 1] == "="
        && line.contains("health.status")
    }
  }
}
