import Foundation
import TestSupport
import Testing
import ZeroTouchTools

/// The secrets bundle encrypted by the real age, and brought to a new laptop.
@Suite(.rehearsals) struct SecretsImportTests {
  private static let path =
    "\(BuiltProgram.packageRoot)/.tools/bin:\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"
  private static var hasAge: Bool {
    path.split(separator: ":").contains { FileManager.default.isExecutableFile(atPath: "\($0)/age-keygen") }
  }

  /// Makes an identity and returns its public half.
  private func identity(_ file: String) async throws -> String {
    let environment = ToolEnvironment(inheriting: ["PATH": Self.path])
    let runner = SubprocessToolRunner(environment: environment, clock: ContinuousClock())
    let made = try await runner.run(ToolInvocation("age-keygen", ["-o", file], deadline: .seconds(20)))
    return try #require((made.errorText + made.text).firstMatch(of: #/age1[0-9a-z]+/#).map { String($0.0) })
  }

  @Test(.enabled(if: hasAge, "age is not installed; scripts/tools --test brings it"))
  func `a lost laptop loses nothing: the bundle lies encrypted in Git and is imported on another one`() async throws {
    try await KeptRehearsal.with(nodes: "control-plane=1") { ground in
      let recipient = try await identity("\(ground.root)/own.txt")
      _ = try await identity("\(ground.root)/other.txt")
      let spec = try String(contentsOfFile: "\(ground.root)/zerotouch.yaml", encoding: .utf8)
      let addition = "  secrets:\n    recipients:\n      - \(recipient)\n"
      try ground.write(
        spec.contains("  secrets:\n") ? spec.replacing("  secrets:\n", with: addition) : spec + addition,
        to: "zerotouch.yaml")
      let rendered = try await ground.program.run(["render"])
      #expect(rendered.status == 0, "\(rendered.narration)")
      let encrypted = try String(contentsOfFile: "\(ground.root)/bootstrap/secrets.age", encoding: .utf8)
      #expect(encrypted.hasPrefix("-----BEGIN AGE ENCRYPTED FILE-----\n"))
      #expect(try await ground.program.run(["render"]).status == 0)
      #expect(
        try String(contentsOfFile: "\(ground.root)/bootstrap/secrets.age", encoding: .utf8) == encrypted,
        "what lies in Git would change with every run")
      try await imports(ground)
    }
  }

  /// An `age` that answers as the real one does to a wrong identity, and one that decrypts something else.
  @Test(arguments: [
    ("echo 'age: error: no identity matched any of the recipients' >&2; exit 1", "no identity matched any"),
    ("echo 'cluster: {id: a}'", "is no secrets bundle: the secrets bundle lacks `cluster.secret`"),
    ("echo 'a: ['", "is no secrets bundle: the file is not YAML"),
  ])
  func `a bundle that cannot be decrypted is refused with the remedy, and nothing is written`(
    age: String, says: String
  ) async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      try FileManager.default.createDirectory(atPath: "\(folder)/bin", withIntermediateDirectories: true)
      #expect(
        FileManager.default.createFile(
          atPath: "\(folder)/bin/age", contents: Data("#!/bin/sh\n\(age)\n".utf8),
          attributes: [.posixPermissions: 0o755]))
      for file in ["bootstrap/secrets.age", "own.txt"] {
        try "anything".write(toFile: "\(folder)/\(file)", atomically: true, encoding: .utf8)
      }
      let program = BuiltProgram(in: folder, path: "\(folder)/bin:/usr/bin:/bin")
      #expect(try await program.run(["init"]).status == 0)
      let answer = try await program.run(["secrets", "import", "--identity", "own.txt"])
      #expect(answer.status == 2)
      #expect(answer.narration.contains(says) && answer.narration.contains("bootstrap/secrets.age"))
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/.zerotouch"))
    }
  }

  private func imports(_ ground: KeptRehearsal) async throws {
    let bundle = try ground.read("secrets.yaml")
    try FileManager.default.removeItem(atPath: ground.state)
    let refused = try await ground.program.run(["render"])
    #expect(refused.status == 5)
    #expect(refused.narration.contains("zerotouch secrets import"))
    let wrong = try await ground.program.run(["secrets", "import", "--identity", "other.txt"])
    #expect(wrong.status == 2)
    #expect(wrong.narration.contains("cannot be decrypted") && wrong.narration.contains("no identity matched"))
    #expect(!FileManager.default.fileExists(atPath: "\(ground.state)/secrets.yaml"))
    let right = try await ground.program.run(["secrets", "import", "--identity", "own.txt"])
    #expect(right.status == 0, "\(right.narration)")
    #expect(try ground.read("secrets.yaml") == bundle)
    #expect(try ground.mode(".zerotouch/rehearsal/secrets.yaml") == 0o600)
    #expect(try await ground.program.run(["secrets", "import", "--identity", "own.txt"]).status == 0)
    try ground.write("other: bundle\n", to: ".zerotouch/rehearsal/secrets.yaml")
    let foreign = try await ground.program.run(["secrets", "import", "--identity", "own.txt"])
    #expect(foreign.status == 5)
    #expect(try ground.read("secrets.yaml") == "other: bundle\n")
  }
}
