import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchTools

@testable import ZeroTouchRehearsal

/// The kubectl that is played without a process, beside the real one at the same cluster: what the pipeline reads of
/// both is the same.
@Suite(.serialized, .needsTools)
struct KubectlDoorTests {
  /// What the pipeline reads of an answer: its status, its objects or text, and the kind of a refusal.
  private struct Read: Hashable, CustomStringConvertible {
    let status: Int32
    let value: JSONValue
    let failure: ToolFailure.Kind?

    init(_ output: ToolOutput, judges: Bool) {
      status = output.status
      let printed = try? JSONValue(parsing: output.standardOutput)
      value = judges ? .null : printed.map(Self.bare) ?? .string(output.text.trimmed)
      failure = output.status == 0 || judges ? nil : ToolFailure(kubectl: output.errorText).kind
    }

    /// Without what differs from one question to the next.
    private static func bare(_ value: JSONValue) -> JSONValue {
      switch value {
      case .array(let items): return .array(items.map(bare))
      case .object(var fields):
        for key in ["resourceVersion", "managedFields", "lastHeartbeatTime", "renewTime"] { fields[key] = nil }
        return .object(fields.mapValues(bare))
      default: return value
      }
    }

    var description: String { "\(status) \(failure.map { "\($0)" } ?? "") \(value.text().prefix(2000))" }
  }

  private static let reading = [
    "get --raw /readyz", "get nodes -o json", "get node cp1 -o json", "get node nobody -o json",
    "get deployments.apps -n kube-system -o json", "get daemonsets.apps --all-namespaces -o json",
    "get pods -n kube-system -l k8s-app=cilium -o json", "get secrets nothing -n default -o name",
    "get nonsense -o json", "get applications.argoproj.io -n argocd -o json", "get svc kubernetes -o name",
    "get leases.coordination.k8s.io -n kube-system -o json", "get nodes -o json --no-such-flag",
    "exec daemonset/cilium -n kube-system -c cilium-agent -- cilium-dbg status --brief",
    "exec daemonset/nothing -n kube-system -c x -- true",
  ]

  @Test(arguments: Toolset.present)
  func `questions get the same answers`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      for words in Self.reading where tools == .newest || !words.contains("--raw") {
        try await Self.compare(words, in: cluster)
      }
      let list = try await cluster.succeed("get pods -n kube-system -l k8s-app=cilium -o name")
      let pod = try #require(list.split(whereSeparator: \.isNewline).first?.split(separator: "/").last)
      for words in ["logs \(pod)", "logs \(pod) --previous", "logs nobody"] {
        try await Self.compare("\(words) -n kube-system -c cilium-agent --tail=5", in: cluster)
      }
    }
  }

  @Test(arguments: Toolset.present)
  func `changes do the same and say the same`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      try Self.write("web", ToolManifests.deployment(), to: cluster.folder)
      try Self.write("early", ToolManifests.application(project: "x"), to: cluster.folder)
      try Self.write("nowhere", Self.elsewhere(ToolManifests.deployment("lost")), to: cluster.folder)
      let apply = "apply --server-side --field-manager=zerotouch --force-conflicts -f"
      let diff = "diff --server-side --field-manager=zerotouch --force-conflicts -f"
      // Whatever the first of the two has changed, the second finds; so each is asked twice in turn.
      try await Self.compare("\(diff) @web", in: cluster, judges: true)
      for _ in 0..<2 { try await Self.compare("\(apply) @web", in: cluster) }
      try await Self.compare("\(diff) @web", in: cluster, judges: true)
      try await Self.compare("\(apply) @early", in: cluster)
      try await Self.compare("\(apply) @nowhere", in: cluster)
      try await Self.compare("label node w1 --overwrite --field-manager=zerotouch role=", in: cluster, judges: true)
      try await Self.compare("label node w1 --overwrite --field-manager=zerotouch role=", in: cluster)
      try await Self.compare("label node nobody --overwrite --field-manager=zerotouch role=", in: cluster)
      try await Self.compare(
        "annotate -f @web --field-manager=zerotouch no-such-mark-", in: cluster)
      try await Self.compare("delete node nobody --ignore-not-found", in: cluster)
    }
  }

  @Test(arguments: Toolset.present)
  func `the objects of files are a list, an object or nothing`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      let settings = ["first", "second"].map { name -> JSONValue in
        ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": .string(name), "namespace": "default"]]
      }
      try Self.write("first", settings[0], to: cluster.folder)
      try Self.write("second", settings[1], to: cluster.folder)
      let words = "get -f @first -f @second --ignore-not-found -o json"
      try await Self.compare(words, in: cluster)
      for manifest in settings {
        try await cluster.apply(manifest)
        try await Self.compare(words, in: cluster)
      }
      try await Self.compare("get -f @first -o json", in: cluster)
    }
  }

  private static func elsewhere(_ manifest: JSONValue) -> JSONValue {
    var copy = manifest
    copy["metadata"]?["namespace"] = "nowhere"
    return copy
  }

  private static func write(_ name: String, _ manifest: JSONValue, to folder: String) throws {
    try manifest.text().write(toFile: "\(folder)/\(name).json", atomically: true, encoding: .utf8)
  }

  /// Asks both, the real one first; `@name` is a file that was written before.
  private static func compare(
    _ words: String, in cluster: ToolCluster, judges: Bool = false,
    at location: Testing.SourceLocation = #_sourceLocation
  ) async throws {
    let arguments = words.split(separator: " ").map { word in
      word.hasPrefix("@") ? "\(cluster.folder)/\(word.dropFirst()).json" : String(word)
    }
    let real = try await cluster.run("kubectl", arguments)
    let call = ShimCall(
      program: "kubectl", arguments: ["--kubeconfig", "\(cluster.folder)/kubeconfig"] + arguments)
    let reply = await KubectlDoor().answer(call, host: cluster.running.host)
    let played = ToolOutput(
      status: reply.status, standardOutput: reply.standardOutput, standardError: reply.standardError)
    let (one, other) = (Read(real, judges: judges), Read(played, judges: judges))
    #expect(one == other, "\(words)\n\(real.errorText)\n\(played.errorText)", sourceLocation: location)
  }
}
