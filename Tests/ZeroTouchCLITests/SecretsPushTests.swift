import Foundation
import TestSupport
import Testing
import ZeroTouchModel

/// `secrets push` and `secrets list` against moto's Parameter Store, with the real aws beside it.
@Suite(
  .serialized,
  .enabled(if: EmulatedParameterStore.isInstalled, "aws and moto are not installed; scripts/tools --test brings them"))
struct SecretsPushTests {
  private static let prefix = "/zerotouch/prod"

  /// A repository with a file of parameters, and the store.
  private func with(
    _ file: String, named name: String = ".env.ssm", _ work: (EmulatedParameterStore, String) async throws -> Void
  ) async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      try write(file, to: "\(folder)/\(name)")
      try await EmulatedParameterStore.with { try await work($0, folder) }
    }
  }

  private func write(_ text: String, to path: String) throws {
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  }

  private static let many = (0..<200).map { ("team\($0 % 7)/key_\($0)", "value-\($0)-\(String($0 * 7919, radix: 36))") }

  private static let spec = """
    apiVersion: zerotouch.dev/v1alpha1
    kind: Cluster
    metadata: {name: production}
    spec:
      provider: existing
      secrets:
        aws: {accessKeyID: env:ID, secretAccessKey: env:KEY, region: eu-central-1, prefix: \(prefix)}

    """

  @Test func `200 parameters are written once, and a second push writes none`() async throws {
    let file = Self.many.map { "\($0.0)=\($0.1)\n" }.joined()
    try await with(file) { store, folder in
      try Self.spec.write(toFile: "\(folder)/zerotouch.yaml", atomically: true, encoding: .utf8)
      let program = store.program(in: folder)
      let first = try await program.run(["secrets", "push"])
      #expect(first.status == 0, "\(first.narration)")
      #expect(first.output.contains(#/\/zerotouch\/prod\/slack\/bot_token +missing +\S+/#), "\(first.output)")
      #expect(first.output.hasSuffix("200 written, 0 unchanged\n"))
      #expect(store.calls(of: "PutParameter") == 200)
      let held = try await store.read(below: Self.prefix)
      #expect(held.count == 200)
      for (name, value) in Self.many {
        #expect(
          held["\(Self.prefix)/\(name)"]?.value == value && held["\(Self.prefix)/\(name)"]?.type == "SecureString")
      }
      #expect(Self.many.allSatisfy { !(first.output + first.narration).contains($0.1) })
      let second = try await program.run(["secrets", "push", "-o", "json"])
      #expect(second.status == 0)
      let report = try JSONValue(parsing: second.output)
      #expect(report["written"] == 0 && report["unchanged"] == 200)
      #expect(store.calls(of: "PutParameter") == 200, "what is there already was written again")
    }
  }

  private static let strange = [
    "crlf": "first\r\nsecond\r\n", "quotes": #"it's "quoted" 'twice'"#, "backslashes": #"C:\new\table\\"#,
    "shell": "$(rm -rf /) `id` ${HOME} $HOME", "unicode": "ü€😀 \u{202E}x", "blanks": "  inside  ",
    "key": "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEF/+==\n-----END PRIVATE KEY-----\n",
    "at": "@/etc/passwd", "json": #"{"auths": {"ghcr.io": {"auth": "dTpw"}}}"#,
    "large": String(repeating: "x", count: 8192),
    "controls": "tab\tbell\u{7}end",
  ]

  private static func quoted(_ value: String) -> String {
    value.contains("'")
      ? "\"\(value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\"" : "'\(value)'"
  }

  @Test func `what the real aws reads is what stood in the file, byte for byte`() async throws {
    let file = Self.strange.sorted { $0.key < $1.key }.map { "strange/\($0.key)=\(Self.quoted($0.value))\n" }.joined()
    try await with(file) { store, folder in
      let yaml = YAMLText.tree(Self.strange) + "  bytes: !!binary //4AQUI=\n"
      try write(yaml, to: "\(folder)/more.yaml")
      let answer = try await store.program(in: folder).run(["secrets", "push"])
      #expect(answer.status == 0, "\(answer.narration)")
      #expect(answer.narration.contains("`/zerotouch/prod/strange/large` is larger than 4096 bytes"))
      var held = try await store.read(below: Self.prefix)
      for (name, value) in Self.strange { #expect(held["\(Self.prefix)/strange/\(name)"]?.value == value, "\(name)") }
      let second = try await store.program(in: folder).run(["secrets", "push", "more.yaml"])
      #expect(second.status == 0, "\(second.narration)")
      #expect(second.output.contains("1 written, \(Self.strange.count) unchanged"), "\(second.output)")
      #expect(second.narration.contains("`/zerotouch/prod/strange/bytes` is no text: the store holds it in base64"))
      held = try await store.read(below: Self.prefix)
      #expect(
        Data(base64Encoded: held["\(Self.prefix)/strange/bytes"]?.value ?? "") == Data([0xFF, 0xFE, 0, 0x41, 0x42]))
    }
  }

  @Test func `what would change is told by name, with what is missing and what nothing reads`() async throws {
    try await with("git/token=the-first-token\nkagent/unread_key=nobody-reads-me\n") { store, folder in
      let program = store.program(in: folder)
      let plan = try await program.run(["secrets", "push", "--diff"])
      #expect(plan.status == 6, "\(plan.narration)")
      #expect(store.calls(of: "PutParameter") == 0)
      #expect(
        plan.output.contains(#/\/zerotouch\/prod\/git\/token +new +argocd\/platform-repository/#), "\(plan.output)")
      #expect(plan.output.contains(#/\/zerotouch\/prod\/slack\/bot_token +missing +\S+/#))
      #expect(plan.output.contains(#/\/zerotouch\/prod\/kagent\/unread_key +new, unused +-/#))
      #expect(plan.output.hasSuffix("2 to be written, 0 unchanged\n"))
      #expect(try await program.run(["secrets", "push"]).status == 0)
      try write("git/token=the-second-token\n", to: "\(folder)/.env.ssm")
      let changed = try await program.run(["secrets", "push"])
      #expect(changed.output.contains(#/\/zerotouch\/prod\/git\/token +changed/#), "\(changed.output)")
      #expect(try await store.read(below: Self.prefix)["\(Self.prefix)/git/token"]?.value == "the-second-token")
      let list = try await program.run(["secrets", "list"])
      #expect(list.status == 0, "\(list.narration)")
      #expect(
        list.output.contains(#/git\/token +\S+ +\d+s +2 +SecureString +argocd\/platform-repository/#), "\(list.output)")
      #expect(list.output.contains(#/\/zerotouch\/prod\/slack\/bot_token .*missing/#))
      #expect(list.narration.contains("the Secrets of the cluster are not listed: "), "\(list.narration)")
      for said in [plan, changed, list] {
        for value in ["the-first-token", "the-second-token", "nobody-reads-me", "the-sender's-own-key"] {
          #expect(!(said.output + said.narration).contains(value))
        }
      }
    }
  }

  @Test func `a pipe is read as a file is`() async throws {
    try await with("") { store, folder in
      let script = "exec \"$0\" secrets push --diff <(printf 'git/token=from-a-pipe\\n')"
      let answer = try await store.program(in: folder).tool("bash", ["-c", script, BuiltProgram.executable])
      #expect(answer.status == 6, "\(answer.narration)")
      #expect(answer.output.hasSuffix("1 to be written, 0 unchanged\n"), "\(answer.output)")
      #expect(!answer.narration.contains("can be read by others") && !answer.narration.contains("from-a-pipe"))
      let none = try await store.program(in: folder).run(["secrets", "push", "none.env"])
      #expect(none.narration.contains("none.env` cannot be read"), "\(none.narration)")
    }
  }

  @Test func `it goes on after it was throttled`() async throws {
    try await with(Self.many.prefix(40).map { "\($0.0)=\($0.1)\n" }.joined()) { store, folder in
      try store.refuse("PutParameter", with: "ThrottlingException", from: 10, times: 38)
      let answer = try await store.program(in: folder).run(["secrets", "push"])
      #expect(answer.status == 0, "\(answer.narration)")
      #expect(try await store.read(below: Self.prefix).count == 40)
      #expect(store.calls(of: "PutParameter") == 40 + 38)
    }
  }

  @Test(arguments: [
    ("ExpiredTokenException", "the session is over: sign in again"),
    ("AccessDeniedException", "what was given may only read"),
    ("UnrecognizedClientException", "are not those of a user or role"),
  ])
  func `a session that is over and a store that is only for reading are told with the remedy, and what was done`(
    code: String, words: String
  ) async throws {
    try await with(Self.many.prefix(40).map { "\($0.0)=\($0.1)\n" }.joined()) { store, folder in
      try store.refuse("PutParameter", with: code, from: 7)
      let answer = try await store.program(in: folder).run(["secrets", "push"])
      #expect(answer.status == 1)
      #expect(answer.narration.contains("Parameter Store refused PutParameter: \(code)"), "\(answer.narration)")
      #expect(answer.narration.contains("`/zerotouch/prod/team") && answer.narration.contains(words))
      #expect(answer.narration.contains("7 of 40 parameters were written"))
      #expect(Self.many.allSatisfy { !answer.narration.contains($0.1) })
      try store.refuseNothing()
      #expect(try await store.program(in: folder).run(["secrets", "push"]).output.contains("33 written, 7 unchanged"))
    }
  }

  @Test(arguments: [false, true])
  func `killed before or after any write, every parameter has its old value or its new one, and the next push ends it`(
    happens: Bool
  ) async throws {
    let names = ["a", "b", "c", "d"]
    let file = { (value: String) in names.map { "team/\($0)=\($0)-\(value)\n" }.joined() }
    try await with(file("first")) { store, folder in
      for unread in ["platform", "tenants"] { try FileManager.default.removeItem(atPath: "\(folder)/\(unread)") }
      try writeProgram(
        "#!/bin/sh\necho $PPID $$ >>\"\(store.folder)/programs\"\nexec /usr/bin/curl \"$@\"\n",
        to: "\(store.folder)/curl")
      let path = "\(store.folder):\(BuiltProgram.packageRoot)/.tools/bin:/usr/bin:/bin"
      let push = ["secrets", "push", "--region", "eu-central-1", "--prefix", Self.prefix]
      #expect(try await store.program(in: folder).run(push).status == 0)
      for number in names.indices {
        let (before, after) = (number == 0 ? "first" : "value-\(number - 1)", "value-\(number)")
        try write(file(after), to: "\(folder)/.env.ssm")
        try store.kill(at: "PutParameter", number: store.calls(of: "PutParameter") + number, happens: happens)
        let killed = try await store.program(in: folder, path: path).run(push)
        #expect(killed.status != 0 && killed.output == "", "it was to be killed at write \(number)")
        try store.refuseNothing()
        try FileManager.default.removeItem(atPath: "\(store.folder)/programs")
        let left = try await store.read(below: Self.prefix)
        for name in names {
          let value = left["\(Self.prefix)/team/\(name)"]?.value
          #expect(value == "\(name)-\(before)" || value == "\(name)-\(after)", "\(name) at write \(number)")
        }
        let done = left.values.count { $0.value.hasSuffix("-\(after)") }
        let next = try await store.program(in: folder).run(push)
        #expect(next.output.hasSuffix("\(names.count - done) written, \(done) unchanged\n"), "\(next)")
        let held = try await store.read(below: Self.prefix)
        #expect(held.values.allSatisfy { $0.value.hasSuffix("-\(after)") && $0.type == "SecureString" })
      }
    }
  }

  @Test func `killed at any point and run again, everything is there`() async throws {
    try await with(Self.many.map { "\($0.0)=\($0.1)\n" }.joined()) { store, folder in
      // The program is killed by the curl it starts, once it was started so often.
      try writeProgram(
        """
        #!/bin/sh
        echo x >>"\(store.folder)/curls"
        [ "$(wc -l <"\(store.folder)/curls")" -ge "$(cat "\(store.folder)/fatal")" ] && kill -9 $PPID && exit 1
        exec /usr/bin/curl "$@"

        """, to: "\(store.folder)/curl")
      let path = "\(store.folder):\(BuiltProgram.packageRoot)/.tools/bin:/usr/bin:/bin"
      for fatal in [2, 10, 8] {
        try "".write(toFile: "\(store.folder)/curls", atomically: true, encoding: .utf8)
        try "\(fatal)".write(toFile: "\(store.folder)/fatal", atomically: true, encoding: .utf8)
        let killed = try await store.program(in: folder, path: path).run(["secrets", "push"])
        #expect(killed.status != 0, "\(fatal): \(killed)")
      }
      let answer = try await store.program(in: folder).run(["secrets", "push"])
      #expect(answer.status == 0)
      let held = try await store.read(below: Self.prefix)
      for (name, value) in Self.many { #expect(held["\(Self.prefix)/\(name)"]?.value == value) }
    }
  }

  @Test func `without credentials, with a file others can read, and with a region that is none, it is said`()
    async throws
  {
    try await with("git/token=the-first-token\n") { store, folder in
      let nobody = try await store.program(in: folder, identity: [:]).run(["secrets", "push"])
      #expect(nobody.status == 2)
      #expect(nobody.narration.contains("there are no AWS credentials"), "\(nobody.narration)")
      let region = try await store.program(in: folder).run(["secrets", "push", "--region", "nowhere"])
      #expect(region.narration.contains("`nowhere` is no AWS region"))
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: "\(folder)/.env.ssm")
      let open = try await store.program(in: folder).run(["secrets", "push"])
      #expect(open.narration.contains("can be read by others\n  chmod 600"))
    }
  }
}

/// Values as YAML in double quotes.
private enum YAMLText {
  static func tree(_ values: [String: String]) -> String {
    "strange:\n"
      + values.sorted { $0.key < $1.key }.map { "  \($0.key): \(JSONValue.string($0.value).text())\n" }.joined()
  }
}
