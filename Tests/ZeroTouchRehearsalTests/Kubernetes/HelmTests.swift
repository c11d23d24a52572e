import Foundation
import Testing
import ZeroTouchModel
import ZeroTouchTools

@testable import ZeroTouchRehearsal

/// The life of a release, with the real helm 3 and helm 4.
@Suite(.serialized, .needsTools)
struct HelmTests {
  @Test(arguments: Toolset.present)
  func `install, list, status, upgrade, roll back, uninstall`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      try ToolManifests.writeChart(to: cluster.folder)
      let release = ["demo", "\(cluster.folder)/chart", "-n", "apps", "--wait", "--timeout", "60s"]
      let installed = try await cluster.run("helm", ["upgrade", "--install", "--create-namespace"] + release)
      #expect(installed.status == 0, "\(installed.errorText)")
      #expect(installed.text.contains("STATUS: deployed"))
      #expect(try await cluster.succeed("-n apps get deploy demo -o jsonpath={.status.availableReplicas}") == "1")
      let upgraded = try await cluster.run("helm", ["upgrade", "--install", "--set", "replicas=2"] + release)
      #expect(upgraded.text.contains("REVISION: 2"), "\(upgraded.errorText)")
      #expect(try await cluster.succeed("-n apps get deploy demo -o jsonpath={.status.availableReplicas}") == "2")
      let list = try JSONValue(parsing: try await cluster.helm("list -A -o json"))
      #expect(list.arrayValue?.first?["status"] == "deployed")
      #expect(list.arrayValue?.first?["revision"] == "2")
      #expect(try await cluster.helm("status demo -n apps").contains("STATUS: deployed"))
      #expect(try await cluster.helm("rollback demo 1 -n apps --wait --timeout 60s").contains("Rollback was a success"))
      #expect(try await cluster.succeed("-n apps get cm demo -o jsonpath={.data.replicas}") == "1")
      #expect(try await cluster.helm("history demo -n apps").contains("superseded"))
      #expect(try await cluster.helm("uninstall demo -n apps --wait --timeout 60s") == "release \"demo\" uninstalled\n")
      #expect(try await cluster.succeed("-n apps get deploy,rs,svc -o name").isEmpty)
    }
  }

  @Test(arguments: Toolset.present)
  func `a release that cannot become ready fails within its time`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      try ToolManifests.writeChart(to: cluster.folder)
      try await cluster.succeed("cordon cp1 w1")
      let output = try await cluster.run(
        "helm", ["install", "demo", "\(cluster.folder)/chart", "--wait", "--timeout", "3s"])
      #expect(output.status != 0)
      let list = try JSONValue(parsing: try await cluster.helm("list -o json"))
      #expect(list.arrayValue?.first?["status"] == "failed")
    }
  }
}
