import Foundation
import TestSupport
import Testing
import ZeroTouchModel

extension RehearsalTests {
  @Test func `secrets are proved and rotated in a kept world, and wrong keys are told in AWS's words`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let here = BuiltProgram(in: folder)
      let kept = try await here.run(["rehearse", "--keep"])
      #expect(kept.status == 0, "\(kept.narration)")
      try await KeptWorld.left(by: kept, of: here) { world in
        let proof = try await world.succeed("secrets", "verify", "-o", "json")
        let found = try JSONValue(parsing: proof.output)
        #expect(found["stores"]?.arrayValue?.count == 2)
        #expect(found["externalSecrets"]?.arrayValue?.contains { $0["name"] == "argocd/platform-repository" } == true)
        try await Self.leavesNothing(world)

        let before = try await Self.readings(of: world)
        let rotated = try await Self.rotate(world, "rehearsed-2", "rehearsed-secret-2")
        #expect(rotated.status == 0, "\(rotated)")
        #expect(rotated.narration.contains("`aws` is used as it is now"))
        let after = try await Self.readings(of: world)
        #expect(before.count > 4 && before.keys == after.keys)
        for (name, reading) in after { #expect(reading != before[name], "\(name) was not read again") }

        try await Self.kill(rotationsOf: world, telling: rotated.narration.split(separator: "\n").count)

        let wrong = try await Self.rotate(world, "unknown-id", "another-secret-value")
        #expect(wrong.status == 3, "\(wrong)")
        #expect(wrong.narration.contains("UnrecognizedClient"))
        #expect(!wrong.narration.contains("another-secret-value"))
        let broken = try await world.program.run(["secrets", "verify"])
        #expect(broken.status == 3)
        #expect(broken.narration.contains("the store `aws-parameter-store` gives nothing: UnrecognizedClient: "))
        #expect(broken.narration.contains("zerotouch secrets rotate aws"))
        try await Self.leavesNothing(world)
        #expect(try await Self.rotate(world, "AKIAREHEARSAL", "rehearsed-secret").status == 0)
        _ = try await world.succeed("secrets", "verify")
        let again = try await world.succeed("secrets", "rotate", "kagent/slack")
        #expect(again.narration.contains("the ExternalSecret `kagent/slack` is read again"))
        let unknown = try await world.program.run(["secrets", "rotate", "nobody"])
        #expect(unknown.status == 2)
      }
    }
  }

  private static func rotate(_ world: KeptWorld, _ id: String, _ key: String) async throws -> BuiltProgram.Answer {
    try await world.program.shell(
      [
        "-c", "cd \"$1\" && AWS_ACCESS_KEY_ID=\(id) AWS_SECRET_ACCESS_KEY=\(key) exec zerotouch secrets rotate aws",
        "sh", world.repository,
      ])
  }

  /// Rotates again and again, killed with −9 at another place each time, and to the end at last.
  private static func kill(rotationsOf world: KeptWorld, telling lines: Int) async throws {
    let settings = ["AWS_ACCESS_KEY_ID=rehearsed-3", "AWS_SECRET_ACCESS_KEY=rehearsed-secret-3"]
    let program = BuiltProgram(in: world.repository, activating: world.place, inside: ["/usr/bin/env"] + settings)
    let (secret, before) = (try await secret(of: world), try await readings(of: world))
    for part in 1...4 {
      let killed = try await program.run(["secrets", "rotate", "aws"], killedAfter: max(lines * part / 5, 1))
      #expect(killed.status == 128 + SIGKILL, "\(killed)")
      // One that was absent for a moment would be another object.
      #expect(try await Self.secret(of: world).uid == secret.uid, "killed in part \(part)")
    }
    let last = try await program.run(["secrets", "rotate", "aws"])
    #expect(last.status == 0, "\(last)")
    let held = try await Self.secret(of: world)
    #expect(held.uid == secret.uid && held.key == Data("rehearsed-secret-3".utf8).base64EncodedString())
    for (name, reading) in try await readings(of: world) { #expect(reading != before[name], "\(name) was not read") }
    try await leavesNothing(world)
  }

  private static func secret(of world: KeptWorld) async throws -> (uid: String, key: String) {
    let secret = try await world.ask("get", "secret", "aws-access-token", "--namespace", "external-secrets")
    return (
      try #require(secret[path: "metadata", "uid"]?.stringValue),
      try #require(secret[path: "data", "AWS_SECRET_ACCESS_KEY"]?.stringValue)
    )
  }

  private static func readings(of world: KeptWorld) async throws -> [String: String] {
    let answer = try await world.ask("get", "externalsecrets", "--all-namespaces")
    let pairs = (answer["items"]?.arrayValue ?? []).map { item in
      (
        "\(item[path: "metadata", "namespace"]?.stringValue ?? "")/\(item[path: "metadata", "name"]?.stringValue ?? "")",
        item[path: "status", "syncedResourceVersion"]?.stringValue ?? ""
      )
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  private static func leavesNothing(_ world: KeptWorld) async throws {
    let answer = try await world.ask("get", "externalsecrets,secrets", "--all-namespaces")
    let names = (answer["items"]?.arrayValue ?? []).compactMap { $0[path: "metadata", "name"]?.stringValue }
    #expect(!names.contains { $0.hasPrefix("zerotouch-smoke") }, "\(names)")
  }
}
