import Foundation
import TestSupport
import Testing

private let claim = "platform/apis/eventdrivenservice/examples/agent-executor.yaml"

@Test func `apis render prints the objects and, on standard error, both counts of lines`() async throws {
  let program = BuiltProgram(in: BuiltProgram.packageRoot)
  let answer = try await program.run(["apis", "render", claim])
  #expect(answer.status == 0, "\(answer.narration)")
  #expect(answer.output.components(separatedBy: "\n---\n").count == 4)
  #expect(answer.narration.contains(#/^19 lines of claim became 1[0-9][0-9] lines in 4 objects\n$/#))
  let json = try await program.run(["apis", "render", claim, "-o", "json"])
  let objects = try #require(JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
  #expect(objects.compactMap { $0["kind"] as? String } == ["ServiceAccount", "Deployment", "Service", "ScaledObject"])
}

@Test func `apis render accepts a composite's name and refuses a claim that is wrong`() async throws {
  let program = BuiltProgram(in: BuiltProgram.packageRoot)
  let named = try await program.run(["apis", "render", claim, "--composite-name", "agent-executor-x7k2p"])
  #expect(named.output.contains("crossplane.io/composite: agent-executor-x7k2p\n"))
  let wrong = try await program.run([
    "apis", "render", "platform/apis/eventdrivenservice/fixtures/invalid/size-unknown.yaml",
  ])
  #expect(wrong.status == 2 && wrong.output.isEmpty)
  #expect(wrong.narration.contains("`spec.size` must be one of"))
}

@Test func `apis validate tells every problem of every file at once, for people and for programs`() async throws {
  try await withTemporaryFolder { folder in
    try copyRepository(to: folder)
    let text = """
      apiVersion: platform.bizmatters.io/v1alpha1
      kind: EventDrivenService
      metadata: {name: a}
      spec:
        size: huge
        nats: {stream: S}
      """
    try text.write(toFile: "\(folder)/claim.yaml", atomically: true, encoding: .utf8)
    try text.replacing("EventDrivenService", with: "Thing").write(
      toFile: "\(folder)/other.yaml", atomically: true, encoding: .utf8)
    let program = BuiltProgram(in: folder)
    let answer = try await program.run(["apis", "validate", "claim.yaml", "other.yaml"])
    #expect(answer.status == 2 && answer.narration.isEmpty)
    for line in [
      "claim.yaml:4:1: error: `spec.image` is required", "claim.yaml:5:9: error: `spec.size` must be one of",
      "claim.yaml:6:3: error: `spec.nats.consumer` is required", "other.yaml:2:7: error: `kind` is `Thing`",
      "2 claims checked, 4 problems",
    ] { #expect(answer.output.contains(line), "\(answer.output)") }
    let json = try await program.run(["apis", "validate", "claim.yaml", "-o", "json"])
    let report = try #require(JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let problems = try #require(report["problems"] as? [[String: Any]])
    #expect(problems.compactMap { $0["path"] as? String } == ["spec.image", "spec.size", "spec.nats.consumer"])
    #expect(problems[1]["line"] as? Int == 5 && problems[1]["column"] as? Int == 9)
  }
}

@Test func `apis validate names every file that cannot be read`() async throws {
  let program = BuiltProgram(in: BuiltProgram.packageRoot)
  let answer = try await program.run(["apis", "validate", "absent.yaml", "none.yaml"])
  #expect(answer.status == 2)
  #expect(answer.narration.contains("`absent.yaml` cannot be read"))
  #expect(answer.narration.contains("`none.yaml` cannot be read"))
}

@Test func `apis schema writes one file for each API`() async throws {
  try await withTemporaryFolder { folder in
    let program = BuiltProgram(in: BuiltProgram.packageRoot)
    let answer = try await program.run(["apis", "schema", "--output", "\(folder)/schemas"])
    #expect(answer.status == 0)
    let published = "\(BuiltProgram.packageRoot)/platform/apis/schemas"
    let names = try FileManager.default.contentsOfDirectory(atPath: published).sorted()
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/schemas").sorted() == names)
  }
}

@Test(arguments: [["apis"], ["apis", "render"], ["apis", "validate"], ["apis", "schema"], ["plan"]])
private func `help is about the command that was asked about`(command: [String]) async throws {
  let program = BuiltProgram(in: BuiltProgram.packageRoot)
  for words in [["help"] + command, command + ["--help"]] {
    let answer = try await program.run(words)
    #expect(answer.status == 0 && answer.narration.isEmpty)
    #expect(answer.output.contains("USAGE: zerotouch \(command.joined(separator: " "))"), "\(answer.output)")
    #expect(answer.output.contains("EXAMPLE"))
  }
}
