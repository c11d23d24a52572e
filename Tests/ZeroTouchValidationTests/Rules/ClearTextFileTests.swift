import Testing
import ZeroTouchModel

@testable import ZeroTouchValidation

/// Secrets outside of Secrets: in files that become some, in scripts, in what SOPS should have encrypted.
struct ClearTextFileTests {
  private static let password = "Kq93hdLw2x"

  @Test func `files that a kustomization makes Secrets of are read`() async throws {
    func found(_ generator: String, _ path: String, _ text: String) async throws -> [String] {
      try await findings(
        ["a/kustomization.yaml": "secretGenerator:\n  - name: db\n    \(generator)\n", "a/\(path)": text], .plainSecret)
    }
    let variables = "USER=shop\nPASSWORD=\(Self.password)\n"
    #expect(try await found("envs: [db.env]", "db.env", variables) == ["ZT401 a/db.env:2"])
    #expect(try await found("env: db.env", "db.env", variables) == ["ZT401 a/db.env:2"])
    #expect(try await found("envs: [db.env]", "db.env", "USER=shop\nPASSWORD=${PASSWORD}\n") == [])
    #expect(try await found("files: [password.txt]", "password.txt", Self.password) == ["ZT401 a/kustomization.yaml:3"])
    #expect(try await found("files: [password.txt]", "password.txt", "ENC[AES256_GCM,data:a]") == [])
  }

  @Test func `a Secret of a demonstration is a warning at most`() async throws {
    func severities(_ path: String, _ password: String) async throws -> [Diagnostic.Severity] {
      let repository = try CheckedRepository([
        path: "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {password: \(password)}\n"
      ])
      defer { repository.remove() }
      return try await repository.report([.plainSecret]).open.map(\.severity)
    }
    #expect(try await severities("apps/db.yaml", Self.password) == [.error])
    #expect(try await severities("apps/db.yaml", "pre-set-password") == [.warning])
    #expect(try await severities("apps/fake-store/db.yaml", Self.password) == [.warning])
  }

  @Test func `a token in a script is found at its line`() async throws {
    let token = "ghp" + "_9aZ2kQ7mW4xR8tY1uB6nV3cD5eF0gHjKl2Pq"
    #expect(
      try await findings(["a.yaml": "a: 1", "scripts/up.sh": "set -eu\nexport TOKEN=\(token)\n"], .tokenInClear) == [
        "ZT403 scripts/up.sh:2"
      ])
    #expect(
      try await findings(["a.yaml": "a: 1", "scripts/up.sh": "export TOKEN=$(cat token)\n"], .tokenInClear) == [])
  }

  @Test func `every file that a rule about secrets names has to be encrypted`() async throws {
    func found(_ pattern: String, _ path: String, _ text: String) async throws -> [String] {
      let rules = "creation_rules:\n  - path_regex: \(pattern)\n    age: age1abc\n"
      return try await findings([".sops.yaml": rules, path: text], .sopsNotEncrypted)
    }
    #expect(try await found("secrets/.*\\.env$", "secrets/db.env", "PASSWORD=a") == ["ZT411 secrets/db.env:1"])
    #expect(try await found("secrets/.*\\.env$", "secrets/db.env", "PASSWORD=ENC[AES256_GCM,data:a]\nsops_mac=a") == [])
    #expect(try await found("secrets/.*\\.yaml$", "secrets/db.yaml", "password: a") == ["ZT411 secrets/db.yaml:1"])
    #expect(
      try await found("secrets/.*\\.yaml$", "secrets/db.yaml", "apiVersion: v1\nkind: ExternalSecret\nmetadata: {}")
        == [])
    #expect(try await found("apps/.*\\.yaml$", "apps/db.yaml", "replicas: 1") == [], "not all of them are secrets")
  }

  @Test func `credentials for a repository without the label are found`() async throws {
    func secret(_ labels: String) -> String {
      "apiVersion: v1\nkind: Secret\nmetadata: {name: repository, namespace: argocd\(labels)}\nstringData: {type: git, url: \"https://a\", password: \"$PASSWORD\"}\n"
    }
    #expect(try await findings(["a.yaml": secret("")], .repositoryLabelUnknown) == ["ZT431 a.yaml:3"])
    #expect(
      try await findings(
        ["a.yaml": secret(", labels: {argocd.argoproj.io/secret-type: repository}")], .repositoryLabelUnknown) == [])
  }

  @Test func `a store's ServiceAccount without a namespace, a prefix twice and a PushSecret of v1 are found`()
    async throws
  {
    func store(_ reference: String) -> String {
      "apiVersion: external-secrets.io/v1\nkind: ClusterSecretStore\nmetadata: {name: aws}\nspec:\n  provider:\n    aws:\n      service: ParameterStore\n      prefix: /zt/prod\n      auth:\n        jwt:\n          serviceAccountRef: {\(reference)}\n"
    }
    func found(_ rule: Rule, _ reference: String, key: String = "/db", push: String = "v1alpha1") async throws
      -> [String]
    {
      let secret =
        "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: db}\nspec:\n  secretStoreRef: {kind: ClusterSecretStore, name: aws}\n  data:\n    - secretKey: a\n      remoteRef: {key: \(key)}\n"
      let pushed = "apiVersion: external-secrets.io/\(push)\nkind: PushSecret\nmetadata: {name: up}\n"
      let chart = application(
        "eso",
        spec: "source: {repoURL: https://charts.external-secrets.io, chart: external-secrets, targetRevision: 2.9.0}")
      return try await findings(
        SecretRuleTests.cluster(
          ["store.yaml": store(reference), "secret.yaml": secret, "push.yaml": pushed], more: ["apps/eso.yaml": chart]),
        rule)
    }
    let rule = Rule.storeCredentialsWithoutNamespace
    #expect(try await found(rule, "name: eso") == ["ZT423 objects/store.yaml:11"])
    #expect(try await found(rule, "name: eso, namespace: external-secrets") == [])
    #expect(
      try await found(.parameterNameMalformed, "name: eso", key: "/zt/prod/db") == ["ZT428 objects/secret.yaml:8"])
    #expect(try await found(.parameterNameMalformed, "name: eso") == [])
    #expect(try await found(.externalSecretsVersion, "name: eso", push: "v1") == ["ZT422 objects/push.yaml:1"])
    #expect(try await found(.externalSecretsVersion, "name: eso") == [])
  }
}
