import Foundation
import TestSupport
import Testing
import ZeroTouchTools

/// `secrets export`, `import` and `rekey` with the real age.
@Suite(.enabled(if: Ground.hasAge, "age is not installed; scripts/tools --test brings it"))
struct SecretsAtRestTests {
  private static let tools = "\(BuiltProgram.packageRoot)/.tools/bin"
  private static let path = "\(tools):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"

  /// A repository with a cluster's secrets on this laptop, and two people who may open them.
  fileprivate struct Laptop {
    let folder: String
    let program: BuiltProgram
    let recipients: [String: String]

    var encrypted: String { "\(folder)/bootstrap/secrets.age" }
    var state: String { "\(folder)/.zerotouch/\(name)" }
    var bundle: String { "\(state)/secrets.yaml" }
    let name: String

    func secrets(_ arguments: String...) async throws -> BuiltProgram.Answer {
      try await program.run(["secrets"] + arguments)
    }

    /// Says in the spec who may open the secrets.
    func name(recipients names: String...) throws {
      let path = "\(folder)/zerotouch.yaml"
      let lines = try String(contentsOfFile: path, encoding: .utf8).split(
        separator: "\n", omittingEmptySubsequences: false)
      let kept = lines.filter { !$0.hasPrefix("    recipients:") }
      let list = names.compactMap { recipients[$0] }.joined(separator: ", ")
      try kept.flatMap { $0 == "  secrets:" ? [$0, "    recipients: [\(list)]"] : [$0] }.joined(separator: "\n")
        .write(toFile: path, atomically: true, encoding: .utf8)
    }

    func text(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

    /// What an identity finds in the encrypted file; nil where it cannot open it.
    func opened(by identity: String) async throws -> String? {
      let answer = try await program.tool("age", ["--decrypt", "--identity", "\(folder)/\(identity).txt", encrypted])
      return answer.status == 0 ? answer.output : nil
    }
  }

  private static let secret = "cmVhbGx5LXNlY3JldC1vZi1hLWNsdXN0ZXI"
  private static let bundle = """
    cluster: {id: \(secret)aWQ=, secret: \(secret)c2VjcmV0}
    secrets: {bootstraptoken: \(secret)dG9r, secretboxencryptionsecret: \(secret)Ym94}
    trustdinfo: {token: \(secret)dHJ1c3Q=}
    certs:
      etcd: {crt: \(secret)MQ==, key: \(secret)Mg==}
      k8s: {crt: \(secret)Mw==, key: \(secret)NA==}
      k8saggregator: {crt: \(secret)NQ==, key: \(secret)Ng==}
      k8sserviceaccount: {key: \(secret)Nw==}
      os: {crt: \(secret)OA==, key: \(secret)OQ==}

    """

  private func with(path: String? = nil, _ work: (Laptop) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let program = BuiltProgram(in: folder, path: path.map { "\(folder)/\($0):\(Self.path)" } ?? Self.path)
      #expect(try await program.run(["init"]).status == 0)
      var recipients: [String: String] = [:]
      for name in ["own", "other"] {
        let made = try await program.tool("age-keygen", ["-o", "\(folder)/\(name).txt"])
        recipients[name] = (made.output + made.narration).firstMatch(of: #/age1[0-9a-z]+/#).map { String($0.0) }
      }
      let spec = try String(contentsOfFile: "\(folder)/zerotouch.yaml", encoding: .utf8)
      let name = try #require(spec.firstMatch(of: #/name: (\S+)/#)).1
      if !spec.contains("\n  secrets:\n") {
        try "\(spec)\n  secrets:\n".write(toFile: "\(folder)/zerotouch.yaml", atomically: true, encoding: .utf8)
      }
      let laptop = Laptop(folder: folder, program: program, recipients: recipients, name: String(name))
      try FileManager.default.createDirectory(
        atPath: laptop.state, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try Self.bundle.write(toFile: laptop.bundle, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: laptop.bundle)
      try laptop.name(recipients: "own")
      try await work(laptop)
    }
  }

  @Test func `what is exported is opened by its recipients alone, and brings another laptop the same`() async throws {
    try await with { laptop in
      let exported = try await laptop.secrets("export")
      #expect(exported.status == 0, "\(exported.narration)")
      #expect(try await laptop.opened(by: "own") == Self.bundle)
      #expect(try await laptop.opened(by: "other") == nil)
      let again = try await laptop.secrets("export", "--identity", "own.txt")
      #expect(again.status == 0 && again.narration.contains("holds these secrets already"), "\(again.narration)")
      let blind = try await laptop.secrets("export")
      #expect(blind.status == 5 && blind.narration.contains("cannot be compared without an identity"))
      let removed = try await laptop.secrets("export", "--remove", "--identity", "own.txt")
      #expect(removed.status == 0, "\(removed.narration)")
      #expect(laptop.text(laptop.bundle) == nil)
      let imported = try await laptop.secrets("import", "--identity", "own.txt")
      #expect(imported.status == 0 && laptop.text(laptop.bundle) == Self.bundle, "\(imported.narration)")
    }
  }

  @Test func `rekeying is for the recipients of today, and needs one of yesterday`() async throws {
    try await with { laptop in
      #expect(try await laptop.secrets("export").status == 0)
      let before = laptop.text(laptop.encrypted)
      try laptop.name(recipients: "other")
      let wrong = try await laptop.secrets("rekey", "--identity", "other.txt")
      #expect(wrong.status == 2 && wrong.narration.contains("cannot be decrypted with"), "\(wrong.narration)")
      #expect(laptop.text(laptop.encrypted) == before)
      let rekeyed = try await laptop.secrets("rekey", "--identity", "own.txt")
      #expect(rekeyed.status == 0 && rekeyed.narration.contains("your own identity does not open it any more"))
      #expect(try await laptop.opened(by: "other") == Self.bundle)
      #expect(try await laptop.opened(by: "own") == nil)
    }
  }

  @Test func `nothing is overwritten that holds something else, and nothing is encrypted to nobody`() async throws {
    try await with { laptop in
      #expect(try await laptop.secrets("export").status == 0)
      let before = laptop.text(laptop.encrypted)
      try Self.bundle.replacing("aWQ=", with: "b3RoZXI=").write(
        toFile: laptop.bundle, atomically: true, encoding: .utf8)
      for arguments in [["export", "--identity", "own.txt"], ["import", "--identity", "own.txt"]] {
        let refused = try await laptop.program.run(["secrets"] + arguments)
        #expect(refused.status == 5 && refused.narration.contains("holds another secrets bundle"), "\(refused)")
        #expect(!refused.narration.contains(Self.secret))
      }
      #expect(laptop.text(laptop.encrypted) == before)
      try laptop.name()
      let nobody = try await laptop.secrets("rekey", "--identity", "own.txt")
      #expect(nobody.status == 2, "\(nobody.narration)")
    }
  }

  @Test func `killed at any point and run again, the end is the same, and no clear text lies about`() async throws {
    try await with(path: "fatal") { laptop in
      try FileManager.default.createDirectory(atPath: "\(laptop.folder)/fatal", withIntermediateDirectories: true)
      try writeProgram(Self.fatalAge, to: "\(laptop.folder)/fatal/age")
      let commands = [["export"], ["rekey", "--identity", "own.txt"], ["import", "--identity", "own.txt"]]
      for command in commands {
        if command[0] == "import" { try FileManager.default.removeItem(atPath: laptop.bundle) }
        for armed in ["1 before", "1 after", "2 before", "2 after", "3 before", "3 after"] {
          if command[0] == "export" { try? FileManager.default.removeItem(atPath: laptop.encrypted) }
          try laptop.arm(armed)
          _ = try await laptop.program.run(["secrets"] + command)
          try laptop.arm("0 never")
          if laptop.text(laptop.encrypted) != nil { #expect(try await laptop.opened(by: "own") == Self.bundle) }
          #expect(try laptop.clearCopies().allSatisfy { $0 == ".zerotouch/\(laptop.name)/secrets.yaml" })
        }
        let end = try await laptop.program.run(
          ["secrets"] + command + (command.count == 1 ? ["--identity", "own.txt"] : []))
        #expect(end.status == 0, "\(command): \(end)")
        #expect(try await laptop.opened(by: "own") == Self.bundle)
        #expect(laptop.text(laptop.bundle) == Self.bundle)
      }
    }
  }

  /// Runs the real age, and kills who started it before or after the call that `armed` says.
  private static let fatalAge = """
    #!/bin/bash
    here=$(dirname "$0")
    PATH=${PATH#"$here":}
    echo x >>"$here/calls"
    read -r call moment <"$here/armed"
    [ "$(wc -l <"$here/calls")" -eq "$call" ] || exec age "$@"
    if [ "$moment" = after ]; then age "$@"; status=$?; fi
    kill -9 $PPID
    exit "$status"

    """
}

extension SecretsAtRestTests.Laptop {
  fileprivate func arm(_ text: String) throws {
    try "".write(toFile: "\(folder)/fatal/calls", atomically: true, encoding: .utf8)
    try "\(text)\n".write(toFile: "\(folder)/fatal/armed", atomically: true, encoding: .utf8)
  }

  /// The files that hold a secret of the cluster in the clear.
  fileprivate func clearCopies() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).filter { name in
      FileManager.default.contents(atPath: "\(folder)/\(name)")?.range(
        of: Data("cmVhbGx5LXNlY3JldC1vZi1hLWNsdXN0ZXI".utf8)) != nil
    }
  }
}
