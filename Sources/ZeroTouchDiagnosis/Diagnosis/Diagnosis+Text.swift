extension Diagnosis {
  /// How much is told where room is short: behind the message of a failed step.
  private static let few = 3

  /// The likeliest causes, with what speaks for each and what helps; nil where there is nothing to say.
  package var summary: String? {
    let told = causes.prefix(Self.few).map { Self.text(of: $0, most: 2, indent: "  ") }
    let isExplained = causes.contains { $0.failure.nature == .cause }
    let open = isExplained ? [] : unexplained.prefix(Self.few).map { "  seen: \(Self.line($0))" }
    let all = open + told
    return all.isEmpty ? nil : all.joined(separator: "\n")
  }

  /// Everything, for a person.
  package var text: String {
    var parts: [String] = []
    if !causes.isEmpty { parts.append(causes.map { Self.text(of: $0, most: 6) }.joined(separator: "\n\n")) }
    if !unexplained.isEmpty {
      parts.append("wrong, and no known failure:\n" + unexplained.map { "  \(Self.line($0))" }.joined(separator: "\n"))
    }
    if !notes.isEmpty {
      let lines = notes.map { "  \($0.failure.symptom)\n    \($0.failure.cause); \($0.failure.remedy)" }
      parts.append("as it should be, although it looks wrong:\n" + lines.joined(separator: "\n"))
    }
    if !unread.isEmpty {
      parts.append("not read:\n" + unread.map { "  \($0.what): \($0.reason)" }.joined(separator: "\n"))
    }
    if isHealthy, unread.isEmpty { parts.insert("nothing is wrong", at: 0) }
    return parts.joined(separator: "\n\n")
  }

  private static func text(of cause: Cause, most: Int, indent: String = "") -> String {
    let failure = cause.failure
    let seen = cause.evidence.filter { $0.place != .said || most > few }.prefix(most)
    let lines =
      ["cause: \(failure.cause) (\(failure.id))"] + seen.map { "  seen: \(line($0))" } + ["  do: \(failure.remedy)"]
    return lines.map { indent + $0 }.joined(separator: "\n")
  }

  private static func line(_ symptom: Symptom) -> String { "\(symptom.subject): \(symptom.text)" }
}
