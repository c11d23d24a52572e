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

  @Test(arguments: Toolset.present)
  func `an upgrade that fails goes back by itself, and the release tells its story`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      try ToolManifests.writeChart(to: cluster.folder)
      let release = ["demo", "\(cluster.folder)/chart"]
      let installed = try await cluster.run("helm", ["install"] + release + ["--wait", "--timeout", "30s"])
      #expect(installed.status == 0, "\(installed.errorText)")
      let twice = try await cluster.run("helm", ["install"] + release)
      #expect(twice.errorText.contains("a name that is still in use"))
      let goBack = tools == .oldest ? "--atomic" : "--rollback-on-failure"
      let failed = try await cluster.run(
        "helm", ["upgrade"] + release + ["--set", "replicas=250", goBack, "--wait", "--timeout", "15s"])
      #expect(failed.status == 1)
      #expect(failed.errorText.contains("has been rolled back"), "\(failed.errorText)")
      let wrong = try await cluster.run("helm", ["upgrade"] + release + ["--set", "replicas=many"])
      #expect(wrong.status == 1, "a text for a number is refused")
      let history = try JSONValue(parsing: try await cluster.helm("history demo -o json"))
      let states = history.arrayValue?.compactMap { $0["status"]?.stringValue } ?? []
      #expect(states.prefix(3) == ["superseded", "failed", "deployed"], "\(states)")
      for (words, text) in [
        ("get manifest demo", "kind: Deployment"), ("get hooks demo", "post-install"),
        ("get values demo -a", "replicas"),
        ("get metadata demo", "CHART: demo"), ("status demo", "REVISION: "),
      ] { #expect(try await cluster.helm(words).contains(text), "helm \(words)") }
      let far = try await cluster.run("helm", ["rollback", "demo", "77"])
      #expect(far.errorText.contains("release has no 77 version"))
      try await cluster.helm("uninstall demo --wait --timeout 30s")
      let gone = try await cluster.run("helm", ["uninstall", "demo"])
      #expect(gone.errorText.contains("release: not found"))
    }
  }
}
