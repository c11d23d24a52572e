import Foundation
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchSecrets

struct SecretsTests {
  private let resolver = SecretResolver(environment: ["KEY_ID": "AKIA1234", "KEY": "top/secret+", "EMPTY": ""]) {
    path in
    guard path == "/home/me/token" || path == "/token" else { throw CancellationError() }
    return Data("from-file\n".utf8)
  }

  private func spec(token: SecretReference? = nil) -> ClusterSpec {
    ClusterSpec(
      name: "c", endpoint: Endpoint(host: "h"), nodes: [], gitops: GitOps(repoURL: "https://example.org/p.git"),
      secrets: SecretReferences(
        aws: .init(
          accessKeyID: .environment("KEY_ID"), secretAccessKey: .environment("KEY"), sessionToken: token,
          region: "r", prefix: "/p")))
  }

  @Test func `a file's last line feed is no part of the secret, and ~ is the user's home`() async throws {
    #expect(try await resolver.resolve(.file("/token")) == Secret("from-file"))
    let home = SecretResolver(environment: ["HOME": "/home/me"]) { Data($0.utf8) }
    #expect(try await home.resolve(.file("~/token")) == Secret("/home/me/token"))
  }

  @Test func `what cannot be read names the reference and never a value`() async {
    await #expect(throws: SecretError.notSet(.environment("NONE"))) { try await resolver.resolve(.environment("NONE")) }
    await #expect(throws: SecretError.empty(.environment("EMPTY"))) {
      try await resolver.resolve(.environment("EMPTY"))
    }
    await #expect(throws: (any Error).self) { try await resolver.resolve(.file("/other")) }
  }

  @Test func `the session token is a key only where the spec names one`() {
    #expect(
      InjectionTable.rows(for: spec()).first?.values.keys.sorted() == ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
    #expect(InjectionTable.rows(for: spec(token: .file("/token"))).first?.values["AWS_SESSION_TOKEN"] != nil)
  }

  @Test func `the manifest holds the namespace before the Secret, values in base64`() async throws {
    let row = try #require(InjectionTable.rows(for: spec()).first)
    let manifest = try await row.resolved(by: resolver).manifest
    let items = try JSONValue(parsing: manifest.exposed)["items"]?.arrayValue ?? []
    #expect(items.map { $0["kind"]?.stringValue } == ["Namespace", "Secret"])
    #expect(
      items[1][path: "data", "AWS_SECRET_ACCESS_KEY"]?.stringValue == Data("top/secret+".utf8).base64EncodedString())
    #expect(items[1][path: "metadata", "namespace"]?.stringValue == "external-secrets")
  }

  @Test func `a rotated, a missing and a surplus key are differences, told by name alone`() async throws {
    let resolved = try await #require(InjectionTable.rows(for: spec()).first).resolved(by: resolver)
    let id = Data("AKIA1234".utf8).base64EncodedString()
    #expect(
      resolved.differences(from: ["data": ["AWS_ACCESS_KEY_ID": .string(id), "AWS_SESSION_TOKEN": "b2xk"]]) == [
        "key `AWS_SECRET_ACCESS_KEY`", "key `AWS_SESSION_TOKEN`",
      ])
  }
}
