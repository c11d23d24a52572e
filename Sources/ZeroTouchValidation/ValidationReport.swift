package import ZeroTouchModel

/// What validate has to say about a repository.
package struct ValidationReport: Sendable, Hashable {
  /// In the order of their places, the accepted ones among them.
  package let findings: [Finding]
  package let notes: [Note]
  package let files: Int
  package let objects: Int
  /// Of the entry point with the most.
  package let applications: Int
  package let clusters: Int

  package init(findings: [Finding], notes: [Note], files: Int, objects: Int, applications: Int, clusters: Int) {
    self.findings = findings
    self.notes = notes
    self.files = files
    self.objects = objects
    self.applications = applications
    self.clusters = clusters
  }

  /// What nobody accepted.
  package var open: [Finding] { findings.filter { $0.acceptedBecause == nil } }
  package var accepted: [Finding] { findings.filter { $0.acceptedBecause != nil } }

  /// How many open findings there are of a severity.
  package func count(_ severity: Diagnostic.Severity) -> Int { open.count { $0.severity == severity } }

  /// Whether something is found that is as bad as the threshold says.
  package func fails(at threshold: Diagnostic.Severity) -> Bool {
    open.contains { threshold == .warning || $0.severity == .error }
  }

  /// The same without what does not count.
  package func filtered(by selection: RuleSelection) -> ValidationReport {
    ValidationReport(
      findings: findings.filter { selection.contains($0.rule) }, notes: notes, files: files, objects: objects,
      applications: applications, clusters: clusters)
  }
}

extension ValidationReport {
  /// What nobody looked at.
  package static let empty = ValidationReport(
    findings: [], notes: [], files: 0, objects: 0, applications: 0, clusters: 0)

  /// The same with the path of the repository before every place.
  package func placed(below root: String) -> ValidationReport {
    let root = root.hasSuffix("/") ? String(root.dropLast()) : root
    return ValidationReport(
      findings: findings.map { $0.placed(below: root) },
      notes: notes.map { Note(at: $0.location.placed(below: root), $0.text) }, files: files, objects: objects,
      applications: applications, clusters: clusters)
  }

  /// Both as one, in the order of their places.
  package func joined(with other: ValidationReport) -> ValidationReport {
    ValidationReport(
      findings: (findings + other.findings).sorted(), notes: (notes + other.notes).sorted(),
      files: files + other.files, objects: objects + other.objects,
      applications: max(applications, other.applications), clusters: clusters + other.clusters)
  }
}

extension SourceLocation {
  fileprivate func placed(below root: String) -> SourceLocation {
    SourceLocation(file: "\(root)/\(file)", line: line, column: column)
  }
}

extension Finding {
  fileprivate func placed(below root: String) -> Finding {
    var copy = self
    copy.location = location.placed(below: root)
    return copy
  }
}
