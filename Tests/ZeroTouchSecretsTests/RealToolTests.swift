import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchSecrets
import ZeroTouchTools

/// References that real programs read.
struct RealToolTests {
  private static let folders = ["\(BuiltProgram.packageRoot)/.tools/bin", "\(BuiltProgram.packageRoot)/.tools/aws/bin"]

  private static func has(_ programs: String...) -> Bool {
    programs.allSatisfy { program in
      folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
        || ["/usr/bin", "/usr/local/bin"].contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
    }
  }

  private static func tools() -> SubprocessToolRunner {
    let path = (folders + ["/usr/local/bin:/usr/bin:/bin"]).joined(separator: ":")
    return SubprocessToolRunner(environment: ToolEnvironment(inheriting: ["PATH": path]), clock: ContinuousClock())
  }

  private static func resolver(_ variables: [String: String]) -> SecretResolver {
    SecretResolver(environment: variables, tools: tools()) { try Data(contentsOf: URL(filePath: $0)) }
  }

  /// An identity of age and its recipient.
  private static func identity(in folder: String, _ name: String) async throws -> (file: String, recipient: String) {
    let file = "\(folder)/\(name)"
    _ = try await tools().succeed(ToolInvocation("age-keygen", ["-o", file]))
    let recipient = try await tools().succeed(ToolInvocation("age-keygen", ["-y", file])).text
    return (file, recipient.trimmingCharacters(in: .whitespacesAndNewlines))
  }

  private func words(of reference: SecretReference, _ resolver: SecretResolver) async -> String {
    do throws(SecretError) {
      _ = try await resolver.resolve(reference)
      return "resolved"
    } catch { return error.description }
  }

  @Test(.enabled("age is not here; scripts/tools --test brings it") { has("age", "age-keygen") })
  func `age decrypts bytes that are no text, with a file or a variable, and tells of a wrong key`() async throws {
    try await withTemporaryFolder { folder in
      let (mine, recipient) = try await Self.identity(in: folder, "mine")
      let (other, _) = try await Self.identity(in: folder, "other")
      let value = Data([0xFF, 0, 0x0A, 0x27, 0x5C]) + Data("$(id)".utf8)
      try value.write(to: URL(filePath: "\(folder)/clear"))
      let encrypted = try await Self.tools().succeed(Age.encrypt("\(folder)/clear", recipients: [recipient]))
      try encrypted.standardOutput.write(to: URL(filePath: "\(folder)/token.age"))
      let reference = SecretReference.age("\(folder)/token.age")

      #expect(try await Self.resolver(["SOPS_AGE_KEY_FILE": mine]).resolve(reference) == Secret(value))
      let key = try String(contentsOfFile: mine, encoding: .utf8)
      #expect(try await Self.resolver(["SOPS_AGE_KEY": key]).resolve(reference) == Secret(value))
      let refused = await words(of: reference, Self.resolver(["SOPS_AGE_KEY_FILE": other]))
      #expect(refused.contains("no identity matched"), "\(refused)")
      #expect(refused.contains("SOPS_AGE_KEY_FILE"), "\(refused)")
      let nobody = await words(of: reference, Self.resolver(["HOME": folder]))
      #expect(nobody.contains("there is no identity of age"), "\(nobody)")
    }
  }

  @Test(.enabled("sops is not here; scripts/tools --test brings it") { has("sops", "age-keygen") })
  func `sops decrypts one value, and tells of a wrong key and of a missing one`() async throws {
    try await withTemporaryFolder { folder in
      let (mine, recipient) = try await Self.identity(in: folder, "mine")
      let (other, _) = try await Self.identity(in: folder, "other")
      let file = "\(folder)/secrets.yaml"
      try Data("git:\n  token: \"a'b\\\"c$(id)\"\n".utf8).write(to: URL(filePath: file))
      _ = try await Self.tools().succeed(
        ToolInvocation("sops", ["--encrypt", "--in-place", "--age", recipient, file]))
      let reference = SecretReference.sops(file, key: "git.token")

      #expect(try await Self.resolver(["SOPS_AGE_KEY_FILE": mine]).resolve(reference) == Secret("a'b\"c$(id)"))
      let key = try String(contentsOfFile: mine, encoding: .utf8)
      #expect(try await Self.resolver(["SOPS_AGE_KEY": key]).resolve(reference) == Secret("a'b\"c$(id)"))
      let refused = await words(of: reference, Self.resolver(["SOPS_AGE_KEY_FILE": other]))
      #expect(refused.contains("`sops` says: "), "\(refused)")
      #expect(refused.contains("SOPS_AGE_KEY_FILE"), "\(refused)")
      let missing = await words(of: .sops(file, key: "git.none"), Self.resolver(["SOPS_AGE_KEY_FILE": mine]))
      #expect(missing.contains("look which keys it has"), "\(missing)")
    }
  }
}
