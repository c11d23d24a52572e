import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchTools

@testable import ZeroTouchRehearsal

/// What the cluster refuses, in the words that the real kubectl shows of a real one.
@Suite(.serialized, .needsTools)
struct RefusalTests {
  /// A command line, what it sends, and what must stand in its error.
  private struct Refusal {
    let words: String
    var more: [String] = []
    var input: JSONValue?
    let text: String
  }

  @Test(arguments: Toolset.present)
  func `objects of built-in kinds with wrong fields`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      try await cluster.apply(ToolManifests.deployment())
      for refusal in Self.wrongFields { try await Self.expect(refusal, in: cluster) }
      #expect(try await cluster.succeed("get deploy web -o jsonpath={.spec.replicas}") == "2")
      let unknown = ToolManifests.deployment("loose").with("spec", "replica", 1).text()
      let warned = try await cluster.kubectl("create --validate=warn -f -", input: unknown)
      #expect(warned.status == 0)
      #expect(warned.errorText == "Warning: unknown field \"spec.replica\"\n")
    }
  }

  private static let wrongFields: [Refusal] = [
    Refusal(
      words: "create -f -", input: ToolManifests.deployment("a").with("spec", "replica", 1),
      text: "Deployment in version \"v1\" cannot be handled as a Deployment: strict decoding error: "
        + "unknown field \"spec.replica\""),
    Refusal(
      words: "create -f -", input: ToolManifests.deployment("a").with("spec", "replicas", "two"),
      text: "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32"),
    Refusal(
      words: "apply --server-side -f -", input: ToolManifests.deployment("a").with("spec", "replica", 1),
      text: "failed to create typed patch object (default/a; apps/v1, Kind=Deployment): "
        + ".spec.replica: field not declared in schema"),
    Refusal(
      words: "apply -f -", input: ToolManifests.deployment("a").with("metadata", "lables", [:]),
      text: "unknown field \"metadata.lables\""),
    Refusal(
      words: "patch deploy web -p", more: ["{\"spec\":{\"replicas\":\"x\"}}"],
      text: "The request is invalid: patch: Invalid value: \"{\\\"spec\\\":{\\\"replicas\\\":\\\"x\\\"}}\": "
        + "json: cannot unmarshal string"),
    Refusal(
      words: "create -f -",
      input: ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "c"], "data": ["a": 1]],
      text: "json: cannot unmarshal number into Go struct field ConfigMap.data of type string"),
    Refusal(
      words: "create -f -",
      input: ["apiVersion": "v1", "kind": "Secret", "metadata": ["name": "s"], "data": ["a": "!"]],
      text: "illegal base64 data at input byte 0"),
    Refusal(
      words: "create service clusterip Bad --tcp=80",
      text: "Service \"Bad\" is invalid: metadata.name: Invalid value: \"Bad\": a"),
    Refusal(
      words: "create cronjob c --image=busybox:1 --schedule=hello -- true",
      text: "spec.schedule: Invalid value: \"hello\": expected exactly 5 fields, found 1: [hello]"),
    Refusal(
      words: "create -f -", input: ToolManifests.deployment("a").with("spec", "replicas", -1),
      text: "spec.replicas: Invalid value: -1: must be greater than or equal to 0"),
  ]

  @Test(arguments: Toolset.present)
  func `selectors, logs and kinds that are not there`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      for refusal in Self.wrongQuestions { try await Self.expect(refusal, in: cluster) }
    }
  }

  private static let wrongQuestions: [Refusal] = [
    Refusal(
      words: "get pods -l a=b=c",
      text: "label selector \"a=b=c\", field selector \"\": "
        + "unable to parse requirement: found '=', expected: ',' or 'end of string'"),
    Refusal(words: "get pods --field-selector spec.foo=x", text: "field label not supported: spec.foo"),
    Refusal(
      words: "get cm --field-selector data.x=1",
      text: "\"data.x\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""),
    Refusal(
      words: "-n kube-system logs ds/cilium --previous",
      text: "previous terminated container \"cilium-agent\" in pod \"cilium-"),
    Refusal(words: "-n kube-system port-forward ds/cilium 0:80", text: "error upgrading connection"),
    Refusal(
      words: "-n kube-system attach ds/cilium", text: "the server does not allow this method on the requested resource"),
    Refusal(words: "top nodes", text: "error: Metrics API not available"),
    Refusal(
      words: "create ns default", text: "Error from server (AlreadyExists): namespaces \"default\" already exists"),
  ]

  private static func expect(_ refusal: Refusal, in cluster: ToolCluster) async throws {
    let words = refusal.words.split(separator: " ").map(String.init) + refusal.more
    let output = try await cluster.run("kubectl", words, input: refusal.input?.text())
    #expect(output.status != 0, "kubectl \(refusal.words)")
    #expect(output.errorText.contains(refusal.text), "kubectl \(refusal.words): \(output.errorText)")
  }
}

extension JSONValue {
  /// The object with another value at a member of a member.
  fileprivate func with(_ parent: String, _ name: String, _ value: JSONValue) -> JSONValue {
    var object = self
    object[path: parent, name] = value
    return object
  }
}
