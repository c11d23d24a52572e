import Testing

@testable import ZeroTouchValidation

/// Parameters between their writers and readers, and names of Secrets that drift apart.
struct ParameterRuleTests {
  private func files(_ more: [String: String], keys: [String] = ["/git/url", "/git/token"]) -> [String: String] {
    let data = keys.map { "    - {secretKey: a, remoteRef: {key: \($0)}}\n" }.joined()
    return [
      "root.yaml": application(
        "secrets", spec: "source: {repoURL: https://github.com/a/own.git, path: secrets, targetRevision: main}"),
      "secrets/all.yaml": """
      apiVersion: external-secrets.io/v1
      kind: ClusterSecretStore
      metadata: {name: aws}
      spec: {provider: {aws: {service: ParameterStore, region: eu-central-1, prefix: /own/prod}}}
      ---
      apiVersion: external-secrets.io/v1
      kind: ExternalSecret
      metadata: {name: git, namespace: argocd}
      spec:
        secretStoreRef: {kind: ClusterSecretStore, name: aws}
        data:
      \(data)
      """,
    ].merging(more) { $1 }
  }

  private static let script = """
    set -eu
    aws ssm put-parameter --type SecureString --name /own/prod/git/url --value "$URL"
    aws ssm put-parameter --type SecureString --name "/own/prod/git/token" --value "$TOKEN"

    """

  @Test func `a parameter that the script of all parameters leaves out is found`() async throws {
    let script = ["scripts/parameters.sh": Self.script]
    let keys = ["/git/url", "/git/token", "/git/tokn"]
    #expect(try await findings(files(script, keys: keys), .parameterNotWritten) == ["ZT434 secrets/all.yaml:14"])
    #expect(try await findings(files(script), .parameterNotWritten) == [])
    #expect(try await findings(files([:], keys: keys), .parameterNotWritten) == [], "nobody lists them here")
    let computed = ["scripts/parameters.sh": Self.script + "aws ssm put-parameter --name \"$NAME\" --value a\n"]
    #expect(try await findings(files(computed, keys: keys), .parameterNotWritten) == [], "a name that is put together")
    let list = [".env.ssm": "# for a new account\n/own/prod/git/url=\n/own/prod/git/token=\n"]
    #expect(try await findings(files(list, keys: keys), .parameterNotWritten) == ["ZT434 secrets/all.yaml:14"])
    let other = ["scripts/parameters.sh": "aws ssm put-parameter --name /own/prod/one --value a\n"]
    #expect(try await findings(files(other, keys: keys), .parameterNotWritten) == [], "no list of all")
  }

  @Test func `a parameter that a PushSecret writes is written`() async throws {
    let push =
      "apiVersion: external-secrets.io/v1alpha1\nkind: PushSecret\nmetadata: {name: a}\nspec:\n  data: [{match: {secretKey: a, remoteRef: {remoteKey: /own/prod/made}}}]\n"
    let more = ["scripts/parameters.sh": Self.script, "secrets/push.yaml": push]
    #expect(
      try await findings(files(more, keys: ["/git/url", "/git/token", "/made"]), .parameterNotWritten) == [])
  }

  @Test func `a parameter that nothing reads is found`() async throws {
    let more = ["scripts/parameters.sh": Self.script + "aws ssm put-parameter --name /own/prod/old --value a\n"]
    #expect(try await findings(files(more), .parameterNotRead) == ["ZT435 scripts/parameters.sh:4"])
    #expect(try await findings(files(["scripts/parameters.sh": Self.script]), .parameterNotRead) == [])
    let reader = more.merging(["scripts/read.py": "get('/own/prod/old')\n"]) { $1 }
    #expect(try await findings(files(reader), .parameterNotRead) == [], "a program reads it")
    let elsewhere = ["scripts/parameters.sh": Self.script + "aws ssm put-parameter --name /theirs/old --value a\n"]
    #expect(try await findings(files(elsewhere), .parameterNotRead) == [], "of another prefix")
  }

  private func pod(_ secret: String) -> [String: String] {
    let made = """
      apiVersion: external-secrets.io/v1
      kind: ExternalSecret
      metadata: {name: slack, namespace: second}
      spec:
        secretStoreRef: {kind: ClusterSecretStore, name: aws}
        target: {name: slack-token}
        data: [{secretKey: token, remoteRef: {key: a}}]
      """
    let reads = """
      apiVersion: v1
      kind: Pod
      metadata: {name: one}
      spec:
        containers:
          - name: main
            image: example.org/web:1.0.0
            envFrom:
              - secretRef:
                  name: \(secret)
      """
    return TwoApplications(first: made, second: reads).files
  }

  @Test func `a Secret that is made under nearly the name it is read by is found`() async throws {
    #expect(try await findings(pod("slack-tokens"), .secretNameDrifted) == ["ZT430 parts/second/all.yaml:10"])
    #expect(try await findings(pod("slack-token"), .secretNameDrifted) == [])
    #expect(try await findings(pod("by-hand"), .secretNameDrifted) == [], "somebody may make it")
  }
}
