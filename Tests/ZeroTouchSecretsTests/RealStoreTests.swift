import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchSecrets
import ZeroTouchTools

/// References into real servers on loopback, read by the real programs.
@Suite(.serialized) struct RealStoreTests {
  private static let tools = "\(BuiltProgram.packageRoot)/.tools"
  private static let runner = SubprocessToolRunner(
    environment: ToolEnvironment(inheriting: ["PATH": "\(tools)/bin:\(tools)/aws/bin:/usr/bin:/bin"]),
    clock: ContinuousClock())
  private static let key = "-----BEGIN PRIVATE KEY-----\nMC4CAQ'\"\\$(id)ü\n-----END PRIVATE KEY-----\n"

  private static func resolver(
    _ variables: [String: String], credentials: SecretReferences.AWS? = nil
  ) -> SecretResolver {
    SecretResolver(environment: variables, tools: runner, credentials: credentials) {
      try Data(contentsOf: URL(filePath: $0))
    }
  }

  private func refusal(_ reference: SecretReference, _ resolver: SecretResolver) async -> String {
    do throws(SecretError) {
      _ = try await resolver.resolve(reference)
      return "resolved"
    } catch { return error.description }
  }

  @Test(
    .enabled(if: EmulatedParameterStore.isInstalled, "aws and moto are not installed; scripts/tools --test brings them")
  )
  func `a parameter is read by the real aws byte for byte, with this laptop's keys or the spec's`() async throws {
    try await EmulatedParameterStore.with { store in
      try await store.put("/zerotouch/prod/git/key", Self.key)
      let here = ["AWS_ENDPOINT_URL_SSM": store.endpoint, "AWS_REGION": "eu-central-1"]
      let reference = SecretReference.parameter("/zerotouch/prod/git/key")
      let own = Self.resolver(here.merging(EmulatedParameterStore.identity) { $1 })
      #expect(try await own.resolve(reference) == Secret(Self.key))
      let aws = SecretReferences.AWS(
        accessKeyID: .environment("ID"), secretAccessKey: .environment("KEY"), sessionToken: .environment("SESSION"),
        region: "eu-central-1", prefix: "/zerotouch/prod")
      let given = ["ID": "AKIAGIVEN", "KEY": "given-key", "SESSION": "given-session"]
      #expect(
        try await Self.resolver(here.merging(given) { $1 }, credentials: aws).resolve(reference) == Secret(Self.key))
      let absent = await refusal(.parameter("/zerotouch/prod/none"), own)
      #expect(absent.contains("`ssm:/zerotouch/prod/none` gives no secret: `aws` says: "), "\(absent)")
      #expect(absent.contains("ParameterNotFound") && absent.contains("zerotouch secrets push"), "\(absent)")
      for (code, remedy) in [
        ("ExpiredTokenException", "sign in again"), ("AccessDeniedException", "allow `ssm:GetParameter` on it"),
      ] {
        try store.refuse("GetParameter", with: code)
        let refused = await refusal(.parameter("/zerotouch/prod/git/other"), own)
        #expect(refused.contains(code) && refused.contains(remedy), "\(refused)")
        #expect(!refused.contains(EmulatedParameterStore.identity["AWS_SECRET_ACCESS_KEY"] ?? "none"))
      }
    }
  }

  @Test(
    .enabled("the aws that is here has no `configure export-credentials`: that is version 2's, which PyPI has not") {
      let version = try? await runner.run(ToolInvocation("aws", ["--version"], deadline: .seconds(30)))
      return version.map { ($0.text + $0.errorText).contains("aws-cli/2.") } ?? false
    })
  func `the credentials of a profile are those that the real aws exports`() async throws {
    try await withTemporaryFolder { folder in
      let profile = "[other]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = a/profile+key\n"
      try profile.write(toFile: "\(folder)/credentials", atomically: true, encoding: .utf8)
      let identity = AWSIdentity.own(["AWS_PROFILE": "other", "AWS_SHARED_CREDENTIALS_FILE": "\(folder)/credentials"])
      let answer = try await Self.runner.succeed(AWS.exportCredentials(as: identity))
      #expect(
        AWSCredentials(exported: answer.text) == AWSCredentials(keyID: "AKIAPROFILE", key: Secret("a/profile+key")))
    }
  }

  @Test(
    .enabled("bao is not here; scripts/tools --test brings it") {
      FileManager.default.isExecutableFile(atPath: "\(tools)/bin/bao")
    })
  func `a value of OpenBao's dev server is read by the real bao byte for byte, and refusals say what to do`()
    async throws
  {
    try await withTemporaryFolder { folder in
      try await Self.withBao(in: folder) { address in
        let here = ["BAO_ADDR": address, "BAO_TOKEN": "the-root-token", "HOME": folder]
        try Self.key.write(toFile: "\(folder)/value", atomically: true, encoding: .utf8)
        _ = try await Self.runner.succeed(
          ToolInvocation(
            "bao", ["kv", "put", "secret/git", "key=@\(folder)/value"], environment: here, effect: .mutates,
            deadline: .seconds(60)))
        #expect(
          try await Self.resolver(here).resolve(.openBao("secret/git", key: "key")) == Secret(Self.key))
        let said: [(SecretReference, [String: String], String)] = [
          (.openBao("secret/git", key: "none"), here, "look which keys it has"),
          (.openBao("secret/none", key: "key"), here, "write it: bao kv put"),
          (
            .openBao("secret/git", key: "key"), here.merging(["BAO_TOKEN": "another-token"]) { $1 },
            "sign in again: bao login"
          ),
          (
            .openBao("secret/git", key: "key"), here.merging(["BAO_ADDR": "http://127.0.0.1:9"]) { $1 },
            "check that the server runs"
          ),
        ]
        for (reference, variables, remedy) in said {
          let text = await refusal(reference, Self.resolver(variables))
          #expect(text.hasPrefix("`\(reference)` gives no secret: `bao` says: "), "\(text)")
          #expect(text.contains(remedy) && !text.contains("MC4CAQ") && !text.contains("-token"), "\(text)")
        }
      }
    }
  }

  /// OpenBao's dev server, which keeps everything in memory.
  private static func withBao(in folder: String, _ work: (String) async throws -> Void) async throws {
    let server = ToolInvocation(
      "bao", ["server", "-dev", "-dev-no-store-token", "-dev-listen-address=127.0.0.1:\(try FreePort.find())"],
      environment: ["BAO_DEV_ROOT_TOKEN_ID": "the-root-token", "HOME": folder], deadline: .seconds(120))
    try await StartedServer.with(server, by: runner, telling: #/BAO_ADDR='(http://127\.0\.0\.1:\d+)'/#, work)
  }
}
