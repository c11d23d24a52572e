package import ZeroTouchModel

/// What is demanded of one program, and the judgement of what it says about itself.
package struct ToolRequirement: Sendable, Hashable {
  package let tool: KnownTool
  /// The oldest version that will do.
  package var oldest: SemanticVersion?
  /// The version whose minor it must share, because clients of other minors are not supported.
  package var sameMinorAs: SemanticVersion?
  /// The version from which its minor may differ by one at most.
  package var withinOneMinorOf: SemanticVersion?
  /// Whether nothing works without it; otherwise its absence is a warning.
  package var isRequired: Bool

  package init(
    _ tool: KnownTool, oldest: SemanticVersion? = nil, sameMinorAs: SemanticVersion? = nil,
    withinOneMinorOf: SemanticVersion? = nil, isRequired: Bool = true
  ) {
    self.tool = tool
    self.oldest = oldest
    self.sameMinorAs = sameMinorAs
    self.withinOneMinorOf = withinOneMinorOf
    self.isRequired = isRequired
  }

  /// Judges the program's answer to its version question.
  package func judge(_ answer: Result<ToolOutput, ToolError>) -> ToolVerdict {
    switch answer {
    case .failure(let error):
      return ToolVerdict(tool: tool, version: nil, problem: absent(error))
    case .success(let output):
      guard output.status == 0, let version = tool.version(in: output) else {
        let said = (output.errorText + output.text).inOneLine
        return ToolVerdict(
          tool: tool, version: nil, problem: problem("`\(tool)` does not say which version it is: \(said)", remedy)
        )
      }
      return ToolVerdict(tool: tool, version: version, problem: judge(version))
    }
  }

  private func absent(_ error: ToolError) -> Diagnostic {
    let lines = error.description.split(separator: "\n", maxSplits: 1)
    if case .notFound = error { return problem("`\(tool)` was not found on PATH", remedy) }
    let remedy = lines.count > 1 ? String(lines[1].drop { $0 == " " }) : remedy
    return problem(lines.first.map(String.init) ?? "`\(tool)` could not be started", remedy)
  }

  private func judge(_ version: String) -> Diagnostic? {
    if version.contains("-dispatcher") {
      return problem(
        "`\(tool)` \(version) is a vendor's dispatcher, which runs another version than it says",
        "put the real `\(tool)` before it on PATH, or run `scripts/tools`")
    }
    guard oldest != nil || sameMinorAs != nil || withinOneMinorOf != nil else { return nil }
    guard let found = SemanticVersion(version) else {
      return problem("`\(tool)` says it is \(version), which is no version", remedy)
    }
    if let oldest, found < oldest { return problem("`\(tool)` is \(found), older than \(oldest)", remedy) }
    if let wanted = sameMinorAs, (found.major, found.minor) != (wanted.major, wanted.minor) {
      return problem(
        "`\(tool)` is \(found), but the machines run \(wanted)",
        "install `\(tool)` \(wanted.major).\(wanted.minor), or change `versions` in zerotouch.yaml")
    }
    if let cluster = withinOneMinorOf, found.major != cluster.major || abs(found.minor - cluster.minor) > 1 {
      return Diagnostic(
        .warning, "`\(tool)` is \(found), more than one minor version away from the cluster's \(cluster)",
        remedy: "use `\(tool)` \(cluster.major).\(cluster.minor)")
    }
    return nil
  }

  /// How to come by a program that will do.
  private var remedy: String {
    if let sameMinorAs { return tool.remedy("\(sameMinorAs.major).\(sameMinorAs.minor)") }
    return tool.remedy(oldest.map { "\($0.major).\($0.minor) or newer" })
  }

  private func problem(_ message: String, _ remedy: String) -> Diagnostic {
    Diagnostic(isRequired ? .error : .warning, message, remedy: remedy)
  }
}

/// What was found out about one program.
package struct ToolVerdict: Sendable, Hashable {
  package let tool: KnownTool
  /// The version as the program prints it; nil when it did not.
  package let version: String?
  package let problem: Diagnostic?

  package var isUsable: Bool { problem?.severity != .error }
}
