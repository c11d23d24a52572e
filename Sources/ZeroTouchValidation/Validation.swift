import ZeroTouchModel

/// Asks every rule about a repository.
package struct Validation: Sendable {
  package let rules: [Rule]
  package let width: Int

  package init(rules: [Rule] = Rule.all, width: Int = 2) {
    self.rules = rules
    self.width = width
  }

  /// What all rules find, what was accepted in place, and what could not be known.
  package func report(on survey: Survey) async -> ValidationReport {
    let found = await rules.mapSideBySide(atMost: width) { rule in
      rule.check(survey).map { Finding(rule, $0, severity: severity(of: rule, $0, in: survey)) }
    }
    var findings = Set(found.flatMap(\.self)).filter { survey.leftOut?.contains($0.location.file) != true }.sorted()
    let used = accept(&findings, by: survey)
    findings += idle(survey, used)
    // A secret is known to whoever reads the repository, wherever it lies.
    findings.removeAll { !$0.rule.hasPrefix(RuleFamily.secrets.id) && survey.illustrations.isPutAway($0.location.file) }
    return ValidationReport(
      findings: findings.sorted(), notes: survey.notes, files: survey.tree.files.count,
      objects: survey.manifests.count, applications: survey.clusters.map(\.applications.count).max() ?? 0,
      clusters: survey.clusters.count)
  }

  /// What nobody applies breaks nothing; only examples of an API are copied as they are.
  private func severity(of rule: Rule, _ violation: Rule.Violation, in survey: Survey) -> Diagnostic.Severity {
    let severity = violation.severity ?? rule.severity
    guard severity == .error, !rule.id.hasPrefix(RuleFamily.crossplane.id) else { return severity }
    return survey.illustrations.contains(violation.location.file) ? .warning : .error
  }

  /// Marks what comments accept; answers the comments that accepted something.
  private func accept(_ findings: inout [Finding], by survey: Survey) -> Set<Acceptance> {
    var used: Set<Acceptance> = []
    for index in findings.indices where findings[index].rule != Rule.acceptanceWithoutReason.id {
      let finding = findings[index]
      let comments = survey.tree[finding.location.file]?.acceptances ?? []
      guard let comment = comments.first(where: { $0.covers(finding.rule, line: finding.location.line) }) else {
        continue
      }
      used.insert(comment)
      if !comment.reason.isEmpty { findings[index].acceptedBecause = comment.reason }
    }
    return used
  }

  /// Comments that accept nothing; told only when every rule was asked of every cluster. One without a reason is a
  /// finding already.
  private func idle(_ survey: Survey, _ used: Set<Acceptance>) -> [Finding] {
    guard rules.count == Rule.all.count, survey.leftOut == nil else { return [] }
    return survey.tree.files.flatMap(\.acceptances).filter { !used.contains($0) && !$0.reason.isEmpty }.map {
      Finding(
        .acceptanceWithoutFinding,
        Rule.Violation(at: $0.location, "\($0.named) is accepted here, and nothing of it is found here"))
    }
  }
}
