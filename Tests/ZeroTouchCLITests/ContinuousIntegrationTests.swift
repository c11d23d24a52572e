import Foundation
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel

/// What people copy into their own repositories: it is read, and the command lines in it are run.
struct ContinuousIntegrationTests {
  private static func file(_ path: String) throws -> JSONValue {
    let text = try String(contentsOfFile: "\(BuiltProgram.packageRoot)/\(path)", encoding: .utf8)
    return try #require(try YAMLDocuments.parse(text, file: path).first)
  }

  /// A folder with one warning in it, seen by a shell that finds the program first.
  private func run(_ script: String, _ variables: [String: String] = [:]) async throws -> (BuiltProgram.Answer, String)
  {
    try await withTemporaryFolder { folder in
      let text = "apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {a: /Users/ada/x}\n"
      try text.write(toFile: "\(folder)/x.yaml", atomically: false, encoding: .utf8)
      let shell = "cd \"$1\" && shift && exec env \"$@\""
      let words = variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      let line = [folder] + words + ["GITHUB_OUTPUT=\(folder)/output", "bash", "-eo", "pipefail", "-c", script]
      let answer = try await BuiltProgram(in: folder).shell(["-c", shell, "bash"] + line)
      let left = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().compactMap { name in
        name.hasSuffix(".yaml") || name.hasPrefix(".")
          ? nil : try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
      }
      return (answer, left.joined(separator: "\n"))
    }
  }

  private func flags(in text: String) -> Set<String> {
    Set(text.matches(of: #/(^|\s)(--[a-z-]+)/#).map { String($0.output.2) })
  }

  @Test func `every flag that the files pass exists`() async throws {
    let program = BuiltProgram(in: BuiltProgram.packageRoot)
    let help = flags(in: try await program.run(["validate", "--help"]).output.replacing("[", with: " "))
    let steps = try Self.file("action.yml")[path: "runs", "steps"]?.arrayValue ?? []
    let texts = steps.compactMap { $0["run"]?.stringValue }.filter { $0.contains("zerotouch validate") }
    let gitlab =
      try Self.file("docs/ci/gitlab.yaml")[path: "validate", "script"]?.arrayValue?.compactMap(\.stringValue) ?? []
    let hook = try Self.file(".pre-commit-hooks.yaml").arrayValue?.first?["entry"]?.stringValue ?? ""
    let used = try Self.file("docs/ci/pre-commit.yaml")["repos"]?.arrayValue?.first?["hooks"]?.arrayValue?.first
    let arguments = used?["args"]?.arrayValue?.compactMap(\.stringValue) ?? []
    #expect(texts.count == 2 && gitlab.count == 1 && hook == "zerotouch validate" && arguments.count == 2)
    #expect(try used?["id"] == Self.file(".pre-commit-hooks.yaml").arrayValue?.first?["id"])
    let passed = (texts + gitlab + arguments).map { $0.replacing(":+", with: " ") }
    for text in passed { #expect(flags(in: text).isSubset(of: help), "\(text)") }
    #expect(flags(in: passed.joined(separator: " ")).count >= 5)
  }

  @Test func `the action writes SARIF, and fails where there is something to fail on`() async throws {
    let action = try Self.file("action.yml")
    let steps = action[path: "runs", "steps"]?.arrayValue ?? []
    let scripts = steps.compactMap { $0["run"]?.stringValue }.filter { $0.contains("zerotouch validate") }
    #expect(scripts.count == 2)
    // Inputs reach the scripts as variables only: a path is never taken for a command.
    for step in steps { #expect(step["run"]?.stringValue?.contains("${{") != true) }
    let inputs = action["inputs"]?.objectValue?.keys.sorted() ?? []
    let used = steps.compactMap { $0["env"]?.objectValue?.values.compactMap(\.stringValue) }.flatMap(\.self).joined()
    for input in inputs { #expect(used.contains("inputs.\(input) }}")) }
    let variables = [
      "REPOSITORY": ".", "STAGE": "", "SELECT": "ZT1", "IGNORE": "ZT111", "SARIF": "found.sarif", "FORMAT": "github",
    ]
    let (written, files) = try await run(scripts[0], variables)
    #expect(
      written.status == 0 && files.contains("\"ruleId\": \"ZT113\"") && files.contains("file=found.sarif"),
      "\(written) \(files)")
    let (warned, _) = try await run(scripts[1], variables.merging(["FAIL_ON": "warning"]) { $1 })
    #expect(warned.status == 2 && warned.output.contains("::warning file=x.yaml"), "\(warned)")
    let (passed, _) = try await run(scripts[1], variables.merging(["FAIL_ON": "error"]) { $1 })
    #expect(passed.status == 0, "\(passed)")
    let (stopped, _) = try await run(scripts[0], variables.merging(["REPOSITORY": "nowhere", "STAGE": "x"]) { $1 })
    #expect(!stopped.output.contains("ruleId"))
  }

  @Test func `the snippets for GitLab and pre-commit run`() async throws {
    let script = try Self.file("docs/ci/gitlab.yaml")[path: "validate", "script"]?.arrayValue?.first?.stringValue ?? ""
    let (answer, files) = try await run(script)
    #expect(answer.status == 2 && files.contains("<testsuites") && files.contains("<failure"), "\(answer)")
    let hook = try Self.file(".pre-commit-hooks.yaml").arrayValue?.first
    let (ran, _) = try await run("\(hook?["entry"]?.stringValue ?? "") --fail-on warning")
    #expect(ran.status == 2 && ran.output.contains("ZT113"), "\(ran)")
  }

  @Test(.enabled(if: PublishedSchema.areHere, "\(PublishedSchema.whyNot)"))
  func `the files fit the schemas of GitHub and GitLab`() async throws {
    #expect(try await PublishedSchema.gitHubAction.problems(of: Self.file("action.yml")) == "")
    #expect(try await PublishedSchema.gitHubWorkflow.problems(of: Self.file("docs/ci/github.yaml")) == "")
    #expect(try await PublishedSchema.gitLab.problems(of: Self.file("docs/ci/gitlab.yaml")) == "")
    // The workflow passes what the action takes, and reads what it gives.
    let steps = try Self.file("docs/ci/github.yaml")[path: "jobs", "validate", "steps"]?.arrayValue ?? []
    let use = try #require(steps.first { $0["uses"]?.stringValue?.hasPrefix("zerotouch/") == true })
    let action = try Self.file("action.yml")
    for input in use["with"]?.objectValue?.keys.sorted() ?? [] { #expect(action[path: "inputs", input] != nil) }
    #expect(action[path: "outputs", "sarif"] != nil)
  }
}
