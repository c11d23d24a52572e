import Foundation
import Synchronization
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchSecrets
import ZeroTouchTools

struct ResolverTests {
  private func resolver(_ files: [String: Data], _ variables: [String: String] = [:]) -> SecretResolver {
    SecretResolver(environment: variables.merging(["HOME": "/home/me"]) { $1 }) { path in
      guard let data = files[path] else { throw CocoaError(.fileReadNoSuchFile) }
      return data
    }
  }

  private func refusal(_ reference: SecretReference, _ resolver: SecretResolver) async -> String {
    do throws(SecretError) {
      _ = try await resolver.resolve(reference)
      return "it was resolved"
    } catch { return error.description }
  }

  @Test(arguments: [
    ("a.yaml", "top", "plain: 1\ntop: 'it''s'\n", "it's"), ("a.yaml", "a.b", "a: {b: deep}", "deep"),
    ("a.yaml", "a.b", "a.b: literal\na: {b: deep}", "literal"),
    ("a.json", "k", #"{"k": "$(id) \\ \""}"#, #"$(id) \ ""#),
    (".env", "K", "# x\nexport K='$(id)'\n", "$(id)"), ("prod.env", "K", "K=\"a\\nb\\\"c\\\\d\"\nL=1", "a\nb\"c\\d"),
    (".env", "K", "K='a b # c'\nL=broken # by this\n", "a b # c"),
    (".env", "K", "K='-----BEGIN\nabc\n-----END'\nL=2", "-----BEGIN\nabc\n-----END"),
    (".env.production", "L", "K=1\r\nL=x=y\\z\r\n", #"x=y\z"#),
  ])
  func `a key is found in YAML, JSON and .env files, and nothing of its value is expanded`(
    file: String, key: String, text: String, value: String
  ) async throws {
    let secret = try await resolver([file: Data(text.utf8)]).resolve(.file(file, key: key))
    #expect(String(decoding: secret.exposed, as: UTF8.self) == value)
  }

  @Test func `a value is kept byte for byte: 64 KB, bytes that are no text, a private key`() async throws {
    let large = Data(repeating: UInt8(ascii: "x"), count: 65_536)
    let binary = Data([0xFF, 0x00, 0xFE, 0x0A, 0x0D])
    let key = Data("-----BEGIN PRIVATE KEY-----\nMC4CAQ\n-----END PRIVATE KEY-----\n".utf8)
    for (name, data) in ["large": large, "binary": binary, "key": key] {
      #expect(try await resolver([name: data]).resolve(.file(name)) == Secret(data))
    }
  }

  @Test func `one line end is no part of a secret, Windows's neither`() async throws {
    let resolver = resolver(["unix": Data("a b\n".utf8), "dos": Data("a b\r\n".utf8)])
    #expect(try await resolver.resolve(.file("unix")) == Secret("a b"))
    #expect(try await resolver.resolve(.file("dos")) == Secret("a b"))
  }

  @Test func `carriage returns, and a file that others can read, are warned about by name`() async {
    let resolver = SecretResolver(
      environment: [:], mode: { $0 == "open" ? 0o644 : 0o600 },
      contents: { Data(($0 == "open" ? "fine" : "first\r\nsecond\r\n").utf8) })
    #expect(
      await resolver.warnings(about: .file("open")).map(\.message) == [
        "others on this machine may read the file of `file:open`"
      ])
    #expect(
      await resolver.warnings(about: .file("dos")).map(\.message) == [
        "`file:dos` holds carriage returns, which are kept"
      ])
  }

  @Test func `an identity of age that others can read is warned about, whoever needs it`() async {
    let resolver = SecretResolver(
      environment: ["SOPS_AGE_KEY_FILE": "/home/me/id"], tools: ScriptedToolRunner { _ in .printing("v") },
      mode: { $0 == "/home/me/id" ? 0o640 : 0o600 }, contents: { _ in Data() })
    for reference in [SecretReference.age("a.age"), .sops("a.yaml", key: "k")] {
      let warnings = await resolver.warnings(about: reference)
      #expect(warnings.map(\.message).first?.contains("may read `/home/me/id`") == true, "\(warnings)")
      #expect(warnings.map(\.remedy) == ["chmod 600 /home/me/id"])
    }
    #expect(await resolver.warnings(about: .openBao("kv/a", key: "b")) == [])
  }

  @Test(arguments: [
    ("git", false), ("git.port", false), ("list", false), ("clear", false), ("git.token", true), ("list.0", true),
    ("none", true),
  ])
  func `of a file of sops only a text is taken, as of any other`(key: String, isTaken: Bool) async {
    let text = """
      git: {token: "ENC[AES256_GCM,data:x,type:str]", port: "ENC[AES256_GCM,data:x,type:int]"}
      list: ["ENC[AES256_GCM,data:x,type:str]"]
      clear: 12
      sops: {mac: x}
      """
    let tools = ScriptedToolRunner { _ in .printing("v") }
    let resolver = SecretResolver(environment: [:], tools: tools) { _ in Data(text.utf8) }
    let said = await refusal(.sops("a.yaml", key: key), resolver)
    #expect(said.contains("`\(key)` holds no string") == !isTaken, "\(said)")
    #expect(tools.invocations.isEmpty == !isTaken)
  }

  @Test func `what cannot be read names the reference, what is wrong and what to do, never a value`() async {
    let files = [
      "empty": Data(), "blank": Data(" \r\n".utf8), "broken.yaml": Data("a: [S3CR3T-value".utf8),
      "a.yaml": Data("number: 12345678\nb: S3CR3T-value".utf8), "bin.json": Data([0xFF, 0xFE]),
      "huge": Data(repeating: 65, count: 1 << 20 + 1),
      ".env": Data("A=S3CR3T-value\nC=S3CR3T-value # x\nD=\"S3CR3T\\y\"\nS3CR3T+/=x\nE='S3CR3T-value".utf8),
    ]
    let resolver = resolver(files, ["A": "env:B", "LOOP": "env:LOOP"])
    let said: [(SecretReference, String)] = [
      (.file("empty"), "it is empty"), (.file("blank"), "it is empty"), (.file("none"), "does not exist"),
      (.file("broken.yaml", key: "a"), "no sound YAML"), (.file("a.yaml", key: "number"), "holds no string"),
      (.file("a.yaml", key: "c"), "it has `b`, `number`"), (.file("bin.json", key: "a"), "no text"),
      (.file("huge"), "1 MiB"), (.file(".env", key: "B"), "it has `A`"),
      (.file(".env", key: "C"), "line 2: the value of `C` has a ` #` in it"),
      (.file(".env", key: "D"), "line 3: the value of `D` has"),
      (.file(".env", key: "E"), "line 5: the value of `E` has no closing quote"),
      (.environment("NONE"), "export NONE="),
      (.environment("A"), "another reference, `env:B`"), (.environment("LOOP"), "leads back to itself"),
      (.prompt("the token"), "nothing asks here"), (.onePassword("op://a/b/c"), "`op`, which reads it, was not found"),
      (.openBao("kv/a", key: "b"), "openbao.org"), (.parameter("/a"), "install the AWS CLI"),
    ]
    for (reference, words) in said {
      let text = await refusal(reference, resolver)
      #expect(text.hasPrefix("`\(reference)` gives no secret: "), "\(text)")
      #expect(text.contains(words), "\(text)")
      #expect(!text.contains("S3CR3T") && !text.contains("12345678"))
      #expect(text.contains("\n  "))
    }
  }

  @Test func `a reference is read once, however many ask at the same time`() async throws {
    let tools = ScriptedToolRunner { _ in .printing("the value") }
    let resolver = SecretResolver(environment: [:], tools: tools) { _ in Data("encrypted".utf8) }
    let reference = SecretReference.openBao("kv/a", key: "b")
    let values = try await Array(0..<50).mapSideBySide { _ async throws(SecretError) in
      try await resolver.resolve(reference)
    }
    #expect(Set(values) == [Secret("the value")])
    _ = try await resolver.resolve(reference)
    #expect(tools.invocations.count == 1)
  }

  @Test func `a failure is not kept: the next one who asks has it tried again`() async throws {
    let isUp = Mutex(false)
    let tools = ScriptedToolRunner { _ in
      isUp.withLock(\.self) ? .printing("v") : .failing("Error making API request: connection refused")
    }
    let resolver = SecretResolver(environment: [:], tools: tools) { _ in Data() }
    #expect(await refusal(.openBao("kv/a", key: "b"), resolver).contains("check that the server runs"))
    isUp.withLock { $0 = true }
    #expect(try await resolver.resolve(.openBao("kv/a", key: "b")) == Secret("v"))
  }

  @Test func `keys of AWS and of age travel on standard input, not in arguments or variables`() async throws {
    let tools = ScriptedToolRunner { invocation in
      invocation.tool == "aws" ? .printing(#"{"Parameter": {"Value": "p\nq"}}"#) : .printing("clear")
    }
    let aws = SecretReferences.AWS(
      accessKeyID: .environment("ID"), secretAccessKey: .environment("KEY"), region: "eu-central-1", prefix: "/p")
    let resolver = SecretResolver(
      environment: ["ID": "AKIA-S3CR3T", "KEY": "S3CR3T-key", "SOPS_AGE_KEY": "AGE-SECRET-KEY-S3CR3T"], tools: tools,
      credentials: aws
    ) { _ in Data("encrypted".utf8) }
    #expect(try await resolver.resolve(.parameter("/p/a")) == Secret("p\nq"))
    _ = try await resolver.resolve(.age("a.age"))
    _ = try await resolver.resolve(.sops("a.yaml", key: "x.0.y"))
    #expect(tools.invocations.count == 3)
    for invocation in tools.invocations {
      #expect(!(invocation.arguments + invocation.environment.values).joined(separator: " ").contains("S3CR3T"))
      guard case .secret(let input) = invocation.input else {
        Issue.record("\(invocation) is given nothing on its standard input")
        continue
      }
      #expect(String(decoding: input.exposed, as: UTF8.self).contains("S3CR3T"))
    }
    #expect(tools.invocations.last?.arguments.contains(#"["x"][0]["y"]"#) == true)
  }

  @Test func `credentials that are read with themselves are refused by name`() async {
    let aws = SecretReferences.AWS(
      accessKeyID: .parameter("/p/id"), secretAccessKey: .environment("KEY"), region: "r", prefix: "/p")
    let resolver = SecretResolver(
      environment: ["KEY": "k"], tools: ScriptedToolRunner { _ in .printing("") }, credentials: aws
    ) { _ in Data() }
    #expect(await refusal(.parameter("/p/id"), resolver).contains("`ssm:/p/id` needs `ssm:/p/id`"))
    #expect(await refusal(.parameter("/p/token"), resolver).contains("reading it needs itself"))
  }

  @Test(arguments: [
    ("age", "Error: no identity matched any of the recipients", "SOPS_AGE_KEY_FILE"),
    ("aws", "An error occurred (ExpiredTokenException) when calling: The security token is expired", "sign in again"),
    ("aws", "An error occurred (ParameterNotFound) when calling the GetParameter operation:", "write it"),
    ("op", "[ERROR] 2026/11/21 12:00:00 session expired, sign in to create a new session", "sign in again"),
    ("bao", "Error making API request.\n\nCode: 403. Errors:\n\n* permission denied", "sign in again"),
    ("sops", "Error getting data key: sops metadata not found", "encrypt it"),
  ])
  func `a tool's own words are passed on, with what helps`(tool: String, said: String, remedy: String) async {
    let references: [String: SecretReference] = [
      "age": .age("f"), "aws": .parameter("/a"), "op": .onePassword("op://a/b/c"), "bao": .openBao("kv/a", key: "b"),
      "sops": .sops("f.yaml", key: "a"),
    ]
    let resolver = SecretResolver(
      environment: ["SOPS_AGE_KEY_FILE": "identity"], tools: ScriptedToolRunner { _ in .failing(said) }
    ) { _ in Data() }
    let reference = references[tool] ?? .prompt()
    let text = await refusal(reference, resolver)
    #expect(text.contains("`\(tool)` says: "))
    #expect(text.contains(remedy), "\(text)")
  }

  @Test(arguments: [
    ("age", #"age: error: failed to read header: parsing age header: unexpected intro: "S3CR3T\n""#, "encrypt it"),
    ("age", #"age: error: reading "id": error at line 1: unknown identity type: "S3CR3T""#, "age-keygen"),
    ("sops", "Could not decrypt value: Input string S3CR3T does not match sops' data format", "in the clear"),
    ("sops", "invalid dotenv input line: S3CR3T", "run `sops` by hand"),
    ("sops", "  line 1: cannot unmarshal !!str `S3CR3T...` into stores.SopsFile", "run `sops` by hand"),
  ])
  func `what quotes a file that lies there in the clear is not passed on`(
    tool: String, said: String, remedy: String
  ) async {
    let resolver = SecretResolver(
      environment: ["SOPS_AGE_KEY_FILE": "identity"], tools: ScriptedToolRunner { _ in .failing(said) }
    ) { _ in Data() }
    let text = await refusal(tool == "age" ? .age("f") : .sops("f.yaml", key: "a"), resolver)
    #expect(!text.contains("S3CR3T") && text.contains("`\(tool)` says: "), "\(text)")
    #expect(text.contains(remedy), "\(text)")
  }

  @Test(arguments: ["BAO_TOKEN", "VAULT_TOKEN"])
  func `a token of OpenBao travels on standard input`(variable: String) async throws {
    let tools = ScriptedToolRunner { _ in .printing("v") }
    let resolver = SecretResolver(
      environment: [variable: "S3CR3T", "BAO_ADDR": "http://127.0.0.1:8200"], tools: tools
    ) { _ in Data() }
    #expect(try await resolver.resolve(.openBao("kv/a", key: "b")) == Secret("v"))
    let invocation = try #require(tools.invocations.last)
    #expect(invocation.environment == ["BAO_ADDR": "http://127.0.0.1:8200", "BAO_TOKEN_PATH": "/dev/stdin"])
    guard case .secret(let token) = invocation.input, token == Secret("S3CR3T") else {
      Issue.record("\(invocation) is given no token")
      return
    }
  }

  @Test func `what is asked for is asked once for each field, and not where nobody is`() async throws {
    let asked = Mutex<[String]>([])
    let resolver = SecretResolver(
      environment: [:],
      prompt: { what in
        asked.withLock { $0.append(what) }
        return what == "c" ? nil : Secret("typed \(what)")
      }, contents: { _ in Data() })
    for what in ["a", "b", "a"] {
      #expect(try await resolver.resolve(.prompt().asking(for: what)) == Secret("typed \(what)"))
    }
    #expect(asked.withLock { $0 } == ["a", "b"])
    #expect(await refusal(.prompt("c"), resolver).contains("no terminal"))
  }
}
