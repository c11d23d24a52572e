import Foundation
import TestSupport
import Testing
import ZeroTouchModel

/// `zerotouch validate` and `explain` as people run them.
struct ValidateTests {
  private static let application = """
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata: {name: shop, namespace: argocd}
    spec:
      project: default
      source:
        repoURL: https://charts.example.org
        chart: shop
        targetRevision: "*"
      destination: {server: https://kubernetes.default.svc, namespace: shop}
      syncPolicy: {syncOptions: [CreateNamespace=true]}
    """

  private func run(_ arguments: String..., on text: String = application) async throws -> BuiltProgram.Answer {
    try await withTemporaryFolder { folder in
      try text.write(toFile: "\(folder)/shop.yaml", atomically: true, encoding: .utf8)
      return try await BuiltProgram(in: folder).run(["validate", folder] + arguments)
    }
  }

  @Test func `a finding is a block with its rule, place, reason and remedy, and the status is 2`() async throws {
    let answer = try await run()
    #expect(answer.status == 2 && answer.narration.isEmpty)
    #expect(
      answer.output == """
        ZT318 error shop.yaml:9:5
          the Application `shop` takes the chart `shop` at `*`, which is whatever is newest
          why: what is installed changes without a commit, or nothing is installed at all
          fix: write one version, such as `1.2.3`, and let a bot raise it

        unknown shop.yaml:7:5: the chart `shop` is not in the catalogue: what it brings, its CRDs among it, is unknown
        1 error, 0 warnings, 1 not known; checked 1 object in 1 file, 1 entry point, up to 1 Application each

        """)
  }

  @Test func `what is not known at several places is told once`() async throws {
    let two = Self.application + "\n---\n" + Self.application.replacingOccurrences(of: "name: shop", with: "name: toys")
    let answer = try await run("--ignore", "ZT", on: two)
    let chart = "the chart `shop` is not in the catalogue: what it brings, its CRDs among it, is unknown"
    let told = "unknown shop.yaml:7:5: \(chart) (and at 1 other place)\n"
    #expect(answer.output.components(separatedBy: told).count == 2)
    #expect(answer.output.components(separatedBy: "\nunknown ").count <= 2)
    #expect(answer.output.contains("nothing found, 2 not known"))
  }

  @Test func `a folder with nothing in it does not pass`() async throws {
    try await withTemporaryFolder { folder in
      try "hello".write(toFile: "\(folder)/README.md", atomically: true, encoding: .utf8)
      let answer = try await BuiltProgram(in: folder).run(["validate", folder])
      #expect(
        answer.status == 1 && answer.narration.contains("holds no YAML: there is nothing to look at"), "\(answer)")
    }
  }

  @Test func `what is left out or accepted does not count`() async throws {
    #expect(try await run("--ignore", "ZT318").status == 0)
    #expect(try await run("--select", "ZT31", "--ignore", "ZT318").status == 0)
    let accepted = Self.application.replacing("\"*\"", with: "\"*\" # zerotouch:accept ZT318 a demo")
    let answer = try await run(on: accepted)
    #expect(answer.status == 0)
    #expect(answer.output.contains("accepted ZT318 shop.yaml:9:5") && answer.output.contains("because: a demo"))
    let stranger = try await run("--select", "ZT9")
    #expect(stranger.status == 1 && stranger.narration.contains("no rule's name begins with `ZT9`"))
  }

  @Test func `programs get the same in JSON, SARIF, JUnit and workflow commands`() async throws {
    let json = try JSONValue(parsing: try await run("--format", "json").output)
    #expect(json["errors"] == 1 && json["findings"]?.arrayValue?.first?["rule"] == "ZT318")
    let sarif = try JSONValue(parsing: try await run("--format", "sarif").output)
    let results = sarif["runs"]?.arrayValue?.first?["results"]?.arrayValue ?? []
    #expect(sarif["version"] == "2.1.0" && results.map { $0["ruleId"] } == ["ZT318"])
    let region = results.first?["locations"]?.arrayValue?.first?[path: "physicalLocation", "region"]
    #expect(region == ["startLine": 9, "startColumn": 5])
    let junit = try await run("--format", "junit").output
    #expect(junit.contains("failures=\"1\"") && junit.hasSuffix("</testsuites>\n"))
    let github = try await run("--format", "github").output
    #expect(github.hasPrefix("::error file=shop.yaml,line=9,col=5,title=ZT318::the Application"))
  }

  @Test func `several repositories are told in one document, each place with its repository`() async throws {
    try await withTemporaryFolder { folder in
      for name in ["one", "two"] {
        try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        try Self.application.write(toFile: "\(folder)/\(name)/shop.yaml", atomically: true, encoding: .utf8)
      }
      func told(_ arguments: String...) async throws -> String {
        let answer = try await BuiltProgram(in: folder).run(["validate", "one", "two/"] + arguments)
        #expect(answer.status == 2)
        return answer.output
      }
      let json = try JSONValue(parsing: try await told("-o", "json"))
      let places = (json["findings"]?.arrayValue ?? []).map { $0[path: "location", "file"]?.stringValue }
      #expect(json["errors"] == 2 && places == ["one/shop.yaml", "two/shop.yaml"])
      #expect(json[path: "checked", "files"] == 2)
      let sarif = try JSONValue(parsing: try await told("--format", "sarif"))
      #expect(sarif["runs"]?.arrayValue?.first?["results"]?.arrayValue?.count == 2)
      #expect(try await told("--format", "junit").components(separatedBy: "<testsuites").count == 2)
      #expect(try await told().contains("2 errors, 0 warnings, 2 not known; checked 2 objects in 2 files"))
    }
  }

  @Test func `a stage leaves out what other stages alone are made of`() async throws {
    try await withTemporaryFolder { folder in
      for name in ["clusters/dev", "clusters/production"] {
        try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        try Self.application.write(toFile: "\(folder)/\(name)/shop.yaml", atomically: true, encoding: .utf8)
      }
      let answer = try await BuiltProgram(in: folder).run(["validate", ".", "--stage", "dev", "-o", "json"])
      let findings = try JSONValue(parsing: answer.output)["findings"]?.arrayValue ?? []
      #expect(findings.map { $0[path: "location", "file"] } == ["clusters/dev/shop.yaml"])
      let stranger = try await BuiltProgram(in: folder).run(["validate", ".", "--stage", "staging"])
      #expect(stranger.status == 1 && stranger.narration.contains("is of the stage `staging`"))
    }
  }

  @Test func `explain says why and how, and knows its rules`() async throws {
    let program = BuiltProgram(in: BuiltProgram.packageRoot)
    let rule = try await program.run(["explain", "zt318"])
    #expect(rule.status == 0 && rule.output.contains("why:") && rule.output.contains("right:"))
    #expect(try await program.run(["explain"]).output.contains("ZT301"))
    #expect(try await program.run(["explain", "ZT999"]).status == 2)
  }

  @Test func `a folder that is none is said to be none`() async throws {
    let answer = try await BuiltProgram(in: BuiltProgram.packageRoot).run(["validate", "no-such-folder"])
    #expect(answer.status == 1 && answer.narration.contains("`no-such-folder` is no folder"))
    #expect(try await BuiltProgram(in: BuiltProgram.packageRoot).run(["validate", ""]).status == 1)
    let waves = try await BuiltProgram(in: BuiltProgram.packageRoot).run(["waves", "--repository", "/no-such-folder"])
    #expect(waves.narration.contains("`/no-such-folder` is no folder"))
  }

  @Test func `a folder that is named twice, or lies in another one, is read once`() async throws {
    try await withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: "\(folder)/a/b", withIntermediateDirectories: true)
      try Self.application.write(toFile: "\(folder)/a/b/shop.yaml", atomically: true, encoding: .utf8)
      let answer = try await BuiltProgram(in: folder).run(["validate", "a", "a/b", "a/", "-o", "json"])
      let findings = try JSONValue(parsing: answer.output)["findings"]?.arrayValue ?? []
      #expect(findings.map { $0[path: "location", "file"] } == ["a/b/shop.yaml"])
    }
  }
}
