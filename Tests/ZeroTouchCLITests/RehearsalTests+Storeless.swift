import Foundation
import TestSupport
import Testing
import ZeroTouchModel

extension RehearsalTests {
  /// What observability reads beside the rest.
  private static let observing = """
          - {namespace: monitoring, name: grafana-admin, values: {user: env:ME, password: env:PASSWORD}}
          - {namespace: monitoring, name: robusta-slack, values: {token: env:SLACK}}

    """

  /// A spec that names every Secret itself, in the place of a store.
  private static let storeless = """
    apiVersion: zerotouch.dev/v1alpha1
    kind: Cluster
    metadata: {name: home}
    spec:
      endpoint: https://192.168.1.10:6443
      nodes:
        - {name: cp01, role: control-plane, address: 192.168.1.10, install: {disk: {serial: A}}}
      secrets:
        repository: {password: env:GIT_TOKEN}
        registry: {username: me, token: env:REGISTRY_TOKEN, namespaces: [intelligence, tenant-example]}
        others:
          - {namespace: kagent, name: kagent-openai, values: {OPENAI_API_KEY: env:OPENAI}}
          - {namespace: kagent, name: slack, values: {token: env:SLACK}}
          - {namespace: kagent, name: agent-repository, values: {authorization: env:BEARER}}
          - {namespace: intelligence, name: documentation-git, values: {url: env:URL, username: env:ME, token: env:TOKEN}}
          - {namespace: cert-manager, name: dns-token, values: {token: env:DNS}}
          - {namespace: external-dns, name: dns-token, values: {token: env:DNS}}
          - {namespace: tenant-example, name: postgres-archive, values: {ACCESS_KEY_ID: env:ID, ACCESS_SECRET_KEY: env:KEY}}

    """

  @Test func `without a store zerotouch makes the Secrets, observability's too, and no ExternalSecret is rendered`()
    async throws
  {
    try await withTemporaryFolder { folder in
      try copyRepositoryWithObservability(to: folder)
      try (Self.storeless + Self.observing).write(toFile: "\(folder)/zerotouch.yaml", atomically: true, encoding: .utf8)
      let outside = BuiltProgram(in: folder)
      let kept = try await outside.run(["rehearse", "--keep", "--speed", "100"])
      #expect(kept.status == 0, "\(kept.narration)")
      try await KeptWorld.left(by: kept, of: outside) { world in
        let kubeconfig = "\(world.repository)/.zerotouch/home/kubeconfig"
        let ask = { (resource: String) in
          let answer = try await world.program.tool(
            "kubectl", ["--kubeconfig", kubeconfig, "get", resource, "--all-namespaces", "-o", "json"])
          return try JSONValue(parsing: answer.output)["items"]?.arrayValue ?? []
        }
        #expect(try await ask("externalsecrets,clustersecretstores") == [])
        let names = try await ask("secrets").map {
          "\($0[path: "metadata", "namespace"]?.stringValue ?? "")/\($0[path: "metadata", "name"]?.stringValue ?? "")"
        }
        for name in [
          "argocd/repo-bootstrap", "argocd/platform-repository", "tenant-example/registry", "kagent/kagent-openai",
          "tenant-example/postgres-archive", "monitoring/grafana-admin", "monitoring/robusta-slack",
        ] { #expect(names.contains(name), "\(name)") }
        let root = try await ask("applications.argoproj.io").first { $0[path: "metadata", "name"] == "platform" }
        #expect(root?[path: "spec", "source", "path"] == "platform/overlays/main-storeless-production")
        let again = try await world.succeed("bootstrap", "--events", "ndjson")
        #expect(clusterChanges(in: again.output + again.narration) == [])
        let list = try await world.succeed("secrets", "list")
        #expect(list.output.contains(#/kagent\/kagent-openai +zerotouch +\d+[smh]/#), "\(list)")
        #expect(list.narration.contains("the spec has no store"))
        #expect(!list.output.contains("rehearsed-value"))
        #expect(try await world.program.run(["secrets", "rotate", "kagent/slack"]).status == 0)
        #expect(try await world.program.run(["secrets", "verify"]).status == 0)
        #expect(try await world.program.run(["validate", "--cluster"]).status == 0)
        #expect(try await world.program.run(["validate"]).status == 0)
      }
    }
  }

  @Test func `without a store every Secret that nobody makes is named before anything is touched`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let lines = Self.storeless.split(separator: "\n", omittingEmptySubsequences: false)
      let lacking = lines.filter { !$0.contains("name: slack") }.joined(separator: "\n")
        .replacing("[intelligence, tenant-example]", with: "[intelligence]")
      try lacking.write(toFile: "\(folder)/zerotouch.yaml", atomically: true, encoding: .utf8)
      let answer = try await BuiltProgram(in: folder).run(["rehearse"])
      #expect(answer.status == 4, "\(answer.narration)")
      #expect(answer.narration.contains("the platform reads the Secret `kagent/slack`"), "\(answer.narration)")
      #expect(answer.narration.contains("- {namespace: kagent, name: slack, values: {token: env:TOKEN}}"))
      #expect(answer.narration.contains("add `tenant-example` to `secrets.registry.namespaces`"))
      #expect(!answer.narration.contains("kagent-openai"))
    }
  }

  @Test func `switching observability on without a store asks for its Secrets before anything is touched`() async throws
  {
    try await withTemporaryFolder { folder in
      try copyRepositoryWithObservability(to: folder)
      try Self.storeless.write(toFile: "\(folder)/zerotouch.yaml", atomically: true, encoding: .utf8)
      let answer = try await BuiltProgram(in: folder).run(["rehearse"])
      #expect(answer.status == 4, "\(answer.narration)")
      for line in [
        "- {namespace: monitoring, name: grafana-admin, values: {password: env:PASSWORD, user: env:USER}}",
        "- {namespace: monitoring, name: robusta-slack, values: {token: env:TOKEN}}",
      ] { #expect(answer.narration.contains(line), "\(answer.narration)") }
      #expect(!answer.narration.contains("kagent-openai"))
      #expect(try await BuiltProgram(in: folder).run(["validate"]).status == 0)
    }
  }
}
