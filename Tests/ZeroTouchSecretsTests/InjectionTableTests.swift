import Foundation
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchSecrets

struct InjectionTableTests {
  private func spec(_ secrets: SecretReferences) -> ClusterSpec {
    ClusterSpec(
      name: "c", endpoint: Endpoint(host: "h"), nodes: [], gitops: GitOps(repoURL: "https://example.org/p.git"),
      secrets: secrets)
  }

  private let aws = SecretReferences.AWS(
    accessKeyID: .environment("A"), secretAccessKey: .environment("B"), sessionToken: .environment("C"), region: "r",
    prefix: "/p")
  private let repository = SecretReferences.Repository(access: .password(username: "me", .environment("T")))
  private let registry = SecretReferences.Registry(
    server: "ghcr.io", username: "me", token: .environment("G"), namespaces: ["a", "b"])

  @Test func `beside a store only the first credentials are injected, without one the others too`() {
    let beside = InjectionTable.rows(for: spec(SecretReferences(aws: aws, repository: repository)))
    #expect(beside.map(\.title.description) == ["external-secrets/aws-access-token", "argocd/repo-bootstrap"])
    let other = SecretReferences.Other(namespace: "c", name: "d", values: ["K": .environment("V")])
    let alone = InjectionTable.rows(
      for: spec(SecretReferences(repository: repository, registry: registry, others: [other])))
    #expect(
      alone.map(\.title.description) == [
        "argocd/repo-bootstrap", "argocd/platform-repository", "a/registry", "b/registry", "c/d",
      ])
    #expect(alone.map { $0.labels["argocd.argoproj.io/secret-type"] } == ["repo-creds", "repository", nil, nil, nil])
  }

  @Test func `tokens of 1Password and OpenBao are injected where the spec names them`() {
    let rows = InjectionTable.rows(
      for: spec(SecretReferences(onePassword: .onePassword("op://v/i/f"), openBao: .openBao("kv/a", key: "t"))))
    #expect(
      rows.map(\.title.description) == [
        "external-secrets/onepassword-connect-token", "external-secrets/openbao-token",
      ])
    #expect(rows.allSatisfy { $0.values.keys.sorted() == ["token"] })
  }

  @Test func `Argo CD's three ways in have the keys that it reads, numbers as strings`() async throws {
    let resolver = SecretResolver(environment: ["T": "top"]) { _ in Data() }
    let ways: [(SecretReferences.Repository.Access, [String])] = [
      (.password(username: "me", .environment("T")), ["password", "type", "url", "username"]),
      (.sshKey(.environment("T")), ["sshPrivateKey", "type", "url"]),
      (
        .app(id: 1, installation: 2, key: .environment("T")),
        ["githubAppID", "githubAppInstallationID", "githubAppPrivateKey", "type", "url"]
      ),
    ]
    for (access, keys) in ways {
      let secrets = SecretReferences(aws: aws, repository: .init(url: "https://example.org", access: access))
      let row = try #require(InjectionTable.rows(for: spec(secrets)).last)
      #expect(row.values.keys.sorted() == keys)
      let manifest = try JSONValue(parsing: try await row.resolved(by: resolver).manifest.exposed)
      let data = manifest["items"]?.arrayValue?.last?["data"]
      #expect(data?["url"]?.stringValue == Data("https://example.org".utf8).base64EncodedString())
      #expect(try await row.resolved(by: resolver).secrets == [Secret("top")])
    }
  }

  @Test func `a pull secret is Docker's own file, of its own type`() async throws {
    let resolver = SecretResolver(environment: ["G": "to\"ken\\$(id)"]) { _ in Data() }
    let row = try #require(InjectionTable.rows(for: spec(SecretReferences(registry: registry))).first)
    let manifest = try JSONValue(parsing: try await row.resolved(by: resolver).manifest.exposed)
    let secret = try #require(manifest["items"]?.arrayValue?.last)
    #expect(secret["type"] == "kubernetes.io/dockerconfigjson")
    let file = try #require(Data(base64Encoded: secret[path: "data", ".dockerconfigjson"]?.stringValue ?? ""))
    let account = try JSONValue(parsing: file)[path: "auths", "ghcr.io"]
    #expect(account?["password"]?.stringValue == "to\"ken\\$(id)")
    #expect(account?["auth"]?.stringValue == Data("me:to\"ken\\$(id)".utf8).base64EncodedString())
    let key = SecretResolver(environment: ["G": "-----BEGIN\nkey"]) { _ in Data() }
    await #expect(throws: SecretError.self) { _ = try await row.resolved(by: key) }
  }

  @Test func `the platform's store reads the keys that are injected, and Git makes none of the injected Secrets`()
    throws
  {
    let row = try #require(InjectionTable.rows(for: spec(SecretReferences(aws: aws))).first)
    let folder = "\(BuiltProgram.packageRoot)/platform/01-foundation"
    for file in ["aws-parameter-store/cluster-secret-store.yaml", "aws-parameter-store/tenant-secret-store.yaml"] {
      let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
      let store = try #require(try YAMLDocuments.parse(text, file: file).first)
      let references = try #require(store[path: "spec", "provider", "aws", "auth", "secretRef"]?.objectValue)
      #expect(references.count == 2)
      for reference in references.values {
        #expect(reference["name"]?.stringValue == row.name && reference["namespace"]?.stringValue == row.namespace)
        #expect(row.values[reference["key"]?.stringValue ?? ""] != nil, "\(reference)")
      }
    }
    let token = try String(contentsOfFile: "\(folder)/session-token/kustomization.yaml", encoding: .utf8)
    #expect(token.contains("{name: \(row.name), key: AWS_SESSION_TOKEN, namespace: \(row.namespace)}"))
    for (file, name) in [
      ("01-foundation/aws-parameter-store/repository.yaml", InjectionTable.platformRepository.name),
      ("03-intelligence/services/registry.yaml", InjectionTable.pullSecret),
    ] {
      let text = try String(contentsOfFile: "\(BuiltProgram.packageRoot)/platform/\(file)", encoding: .utf8)
      let made = try YAMLDocuments.parse(text, file: file).first?[path: "spec", "target", "name"]?.stringValue
      #expect(made == name)
    }
  }
}
