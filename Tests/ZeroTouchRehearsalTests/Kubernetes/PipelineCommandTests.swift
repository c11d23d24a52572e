import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchTools

@testable import ZeroTouchRehearsal

/// What the pipeline itself calls, with the real kubectl.
@Suite(.serialized, .needsTools)
struct PipelineCommandTests {
  @Test(arguments: Toolset.present)
  func `readyz says ok`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      let health = try await cluster.succeed("get --raw /readyz")
      #expect(health == "ok")
    }
  }

  @Test(arguments: Toolset.present)
  func `apply server-side twice, conflict, force`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      for _ in 0..<2 {
        #expect(try await cluster.apply(ToolManifests.deployment()) == "deployment.apps/web serverside-applied\n")
      }
      let other = ToolManifests.deployment(replicas: 3).text()
      let refused = try await cluster.kubectl("apply --server-side --field-manager=other -f -", input: other)
      #expect(refused.status == 1)
      if Recording.arePresent {
        let recorded = try Recording("kubectl-v1.36/conflict-value.txt").output.errorText
        #expect(refused.errorText.trimmed == recorded.trimmed)
      }
      #expect(refused.errorText.contains("conflict with \"zerotouch\": .spec.replicas"))
      try await cluster.succeed(
        "apply --server-side --force-conflicts --field-manager=other -f -", input: other)
      #expect(try await cluster.succeed("get deploy web -o jsonpath={.spec.replicas}") == "3")
    }
  }

  @Test(arguments: Toolset.present)
  func `apply a definition, wait for it, apply its kind`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      let early = try await cluster.kubectl(
        "apply --server-side -f -", input: ToolManifests.application(project: "x").text())
      #expect(early.status == 1)
      #expect(early.errorText.contains("no matches for kind \"Application\" in version \"argoproj.io/v1alpha1\""))
      #expect(early.errorText.contains("ensure CRDs are installed first"))
      try await cluster.apply(ToolManifests.definition)
      try await cluster.succeed("wait --for=condition=Established crd/applications.argoproj.io --timeout=20s")
      try await cluster.apply(ToolManifests.application(project: "x"))
      let wrong = try await cluster.kubectl(
        "apply --server-side -f -", input: ToolManifests.application(project: 7).text())
      #expect(wrong.status == 1)
      if Recording.arePresent {
        #expect(try wrong.errorText.trimmed == Recording("kubectl-v1.36/schema-refused.txt").output.errorText.trimmed)
      }
      #expect(wrong.errorText.contains(".spec.project: expected string"))
    }
  }

  @Test(arguments: Toolset.present)
  func `get as JSON and watch events`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      let nodes = try JSONValue(parsing: try await cluster.succeed("get nodes -o json"))
      #expect(nodes["items"]?.arrayValue?.map { $0[path: "metadata", "name"]?.stringValue } == ["cp1", "w1"])
      try await cluster.apply(ToolManifests.deployment())
      let seen = try await cluster.kubectl(
        "get deploy --watch --output-watch-events -o json --request-timeout=15s")
      let first = try JSONValue(parsing: String(seen.text.prefix { $0 != "\n" }))
      #expect(first["type"] == "ADDED")
      #expect(first[path: "object", "kind"] == "Deployment")
    }
  }

  @Test(arguments: Toolset.present)
  func `create namespaces and secrets, and ask for rights`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      #expect(try await cluster.succeed("create namespace external-secrets") == "namespace/external-secrets created\n")
      try await cluster.succeed("create secret generic s -n external-secrets --from-literal=a=b")
      #expect(try await cluster.succeed("get secret s -n external-secrets -o jsonpath={.data.a}") == "Yg==")
      #expect(try await cluster.succeed("auth can-i create secrets -n external-secrets") == "yes\n")
      let again = try await cluster.kubectl("create namespace external-secrets")
      #expect(again.errorText == "Error from server (AlreadyExists): namespaces \"external-secrets\" already exists\n")
      let nowhere = try await cluster.kubectl("create secret generic x -n nowhere --from-literal=a=b")
      #expect(nowhere.errorText == "error: failed to create secret namespaces \"nowhere\" not found\n")
    }
  }

  @Test(arguments: Toolset.present)
  func `exec tells what a command printed and how it ended`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      let status = try await cluster.kubectl(
        "-n kube-system exec ds/cilium -c cilium-agent -- cilium-dbg status --brief")
      #expect(status == ToolOutput(standardOutput: Data("OK\n".utf8)))
      let output = try await cluster.kubectl("-n kube-system exec ds/cilium -- nonsense")
      #expect(output.status == 127)
      #expect(output.errorText.contains("exec: \"nonsense\": executable file not found in $PATH"))
      #expect(output.errorText.contains("command terminated with exit code 127"))
      #expect(!output.errorText.contains("Unknown stream"))
      try await cluster.succeed("-n kube-system logs ds/cilium --tail=3")
    }
  }
}

extension String {
  /// The text without white space at its ends.
  var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
