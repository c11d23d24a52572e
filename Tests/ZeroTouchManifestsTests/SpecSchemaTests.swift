import Foundation
import Testing
import ZeroTouchManifests
import ZeroTouchModel

@Suite struct SpecSchemaTests {
  private let repository = GitOpsRepository(repoURL: "git@github.com:you/platform.git", revision: "main")

  private var root: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  }

  @Test func `the committed schema is the one the types make`() throws {
    let committed = try String(contentsOf: root.appending(path: SpecSchema.committedPath), encoding: .utf8)
    #expect(committed == SpecSchema.jsonSchema(), "write it anew: zerotouch schema > docs/zerotouch.schema.json")
  }

  @Test func `the schema is JSON that knows the fields and hides what has no effect`() throws {
    let schema = try JSONValue(parsing: SpecSchema.jsonSchema())
    let spec = try #require(schema[path: "properties", "spec"])
    #expect(spec[path: "else", "required"] == ["endpoint", "nodes"])
    #expect(spec[path: "properties", "provider", "enum"] == ["talos", "kind", "existing"])
    #expect(spec[path: "if", "properties", "provider", "enum"] == ["kind", "existing"])
    #expect(spec[path: "properties", "gitops", "properties", "path"] == nil)
    #expect(spec[path: "properties", "versions", "properties", "argocd"] == nil)
    #expect(spec["additionalProperties"] == false)
  }

  @Test func `the template loads and holds what was given`() throws {
    let workers = try WorkerArgument.parse("worker01:203.0.113.20,worker02:203.0.113.21")
    let text = SpecTemplate.commented(name: "home", repository: repository, address: "203.0.113.7", workers: workers)
    let spec = try SpecLoader.load(text: text, file: "zerotouch.yaml")
    #expect(spec.name == "home" && spec.gitops.repoURL == repository.repoURL)
    #expect(spec.nodes.map(\.name) == ["cp01", "worker01", "worker02"])
    #expect(spec.endpoint.description == "https://203.0.113.7:6443")
    #expect(spec.versions == .default && spec.network == Network() && spec.secrets.aws == nil)
  }

  @Test func `every comment of the template that is a field is one the loader takes`() throws {
    let text = SpecTemplate.commented(name: "home", repository: repository)
    let spoken = text.split(separator: "\n").map { line -> String in
      let margin = line.prefix { $0 == " " }
      let rest = line.dropFirst(margin.count)
      guard rest.hasPrefix("# "), rest.dropFirst(2).firstMatch(of: #/^ *[A-Za-z]+:( |$)/#) != nil,
        !rest.contains("yaml-language-server"), !rest.contains("path: "), !rest.contains("pool: "),
        !rest.contains("hostNetwork: the")
      else { return String(line) }
      return "\(margin)\(rest.dropFirst(2))"
    }.joined(separator: "\n")
    let spec = try SpecLoader.load(text: spoken, file: "zerotouch.yaml")
    #expect(spec.secrets.aws?.region == "eu-central-1")
    #expect(spec.nodes.first?.disk?.serial == "S4XXXX")
    #expect(spec.timeouts == ["kubernetes-api": .seconds(900)])
    #expect(spec.nodes.first?.interfaces.count == 1 && spec.nodes.first?.taints == ["dedicated": "gpu:NoSchedule"])
    #expect(spec.costLabels == ["team", "project", "environment", "cost-center"])
    #expect(spec.secrets.recipients.count == 1 && spec.network.timeServers == ["ntp1.hetzner.de"])
  }
}
