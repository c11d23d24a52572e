import Testing

@testable import ZeroTouchValidation

struct AcceptanceTests {
  private func chart(_ line: String, above: String = "project: default") -> [String: String] {
    [
      "one.yaml": application(
        "one", spec: "source:\n  repoURL: https://charts.example.org\n  chart: shop\n  \(above)\n  \(line)")
    ]
  }

  private func report(_ files: [String: String]) async throws -> ValidationReport {
    let repository = try CheckedRepository(files)
    defer { repository.remove() }
    return try await repository.report(Rule.all)
  }

  @Test func `a comment with a reason accepts a finding on its line and on the next`() async throws {
    let beside = try await report(chart("targetRevision: \"*\" # zerotouch:accept ZT318 a demo"))
    #expect(beside.open == [] && beside.accepted.map(\.acceptedBecause) == ["a demo"])
    let above = try await report(chart("targetRevision: \"*\"", above: "# zerotouch:accept ZT318 a demo"))
    #expect(above.open == [] && above.accepted.map(\.rule) == ["ZT318"])
  }

  @Test func `a comment without a reason accepts nothing and is a finding itself`() async throws {
    let report = try await report(chart("targetRevision: \"*\" # zerotouch:accept ZT318"))
    #expect(report.open.map(\.rule) == ["ZT001", "ZT318"].sorted() || report.open.map(\.rule) == ["ZT318", "ZT001"])
    #expect(report.accepted == [])
  }

  @Test func `a comment that accepts nothing is told`() async throws {
    let report = try await report(chart("targetRevision: 1.2.3 # zerotouch:accept ZT318 a demo"))
    #expect(report.open.map(\.rule) == ["ZT002"])
  }

  @Test func `lines that end as on Windows are lines`() async throws {
    let files = chart("targetRevision: \"*\"", above: "# zerotouch:accept ZT318 a demo")
    let report = try await report(files.mapValues { $0.replacing("\n", with: "\r\n") })
    #expect(report.open == [] && report.accepted.map(\.rule) == ["ZT318"])
    #expect("a\r\n\nb\rc".lines == ["a", "", "b", "c"])
  }

  @Test func `the longer beginning of a name wins when rules are selected`() {
    let selection = RuleSelection(selected: ["zt3"], ignored: ["ZT318"])
    #expect(selection.contains("ZT313") && !selection.contains("ZT318") && !selection.contains("ZT001"))
    #expect(RuleSelection(selected: ["ZT318"], ignored: ["ZT3"]).contains("ZT318"))
    #expect(RuleSelection(selected: ["ZT9"]).strangers == ["ZT9"])
  }
}
