import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

struct SmokeTests {
  private static func external(_ name: String, ready: JSONValue?) -> JSONValue {
    var object: JSONValue = [
      "kind": "ExternalSecret", "metadata": ["name": .string(name), "namespace": "apps"],
      "spec": [
        "secretStoreRef": ["kind": "ClusterSecretStore", "name": "store"], "target": ["name": "made"],
        "data": [["secretKey": "token", "remoteRef": ["key": "/a"]]],
      ],
    ]
    if let ready { object["status"] = ["conditions": [ready]] }
    return object
  }

  private static let synced: JSONValue = ["type": "Ready", "status": "True", "reason": "SecretSynced"]
  private static let failed: JSONValue = ["type": "Ready", "status": "False", "reason": "SecretSyncedError"]

  /// A cluster in which the smoke object ends in one way.
  private func tools(_ ready: JSONValue?, given: String, isBroken: Bool) -> ScriptedToolRunner {
    ScriptedToolRunner { invocation throws(ToolError) in
      let words = Array(invocation.arguments.dropFirst(2))
      guard words[0] == "get" else { return .printing("") }
      switch words[1] {
      case "events":
        let warning: JSONValue = ["type": "Warning", "message": "api error ParameterNotFound: "]
        return .printing(JSONValue.object(["kind": "List", "items": ready == nil ? [] : [warning]]).text())
      case "secret":
        let value = words[2] == "made" ? "held" : given
        return .printing(JSONValue.object(["data": ["token": .string(value)]]).text())
      default:
        if isBroken { throw ToolError.timedOut(invocation, after: .seconds(30)) }
        return .printing(Self.external(words[2], ready: ready).text())
      }
    }
  }

  private func prove(_ tools: ScriptedToolRunner) async throws -> Diagnostic? {
    let clock = ManualClock()
    let cluster = SecretCluster(
      tools: tools, kubectl: Kubectl(kubeconfig: "k"), clock: clock, now: { Date(timeIntervalSince1970: 0) })
    let model = try #require(ObservedExternalSecret(Self.external("es", ready: Self.synced)))
    let store = try #require(model.store)
    return try await clock.running { try await SmokeTest(of: store, among: [model], in: cluster)?.problem() }
  }

  private func removals(_ tools: ScriptedToolRunner) -> [String] {
    tools.mutations.filter { $0.arguments[2] == "delete" }.map { "\($0.arguments[3])/\($0.arguments[4])" }
  }

  private static let gone = [
    "externalsecrets.external-secrets.io/zerotouch-smoke-store", "secret/zerotouch-smoke-store",
  ]

  @Test func `a store that gives the same value is proved, and another value is told`() async throws {
    let same = tools(Self.synced, given: "held", isBroken: false)
    #expect(try await prove(same) == nil)
    #expect(removals(same) == Self.gone)
    let other = tools(Self.synced, given: "fresh", isBroken: false)
    #expect(try await prove(other)?.message.contains("`apps/made` holds another `token`") == true)
    #expect(removals(other) == Self.gone)
  }

  @Test func `a refusal and a silence are told, and the smoke objects are gone`() async throws {
    let refused = tools(Self.failed, given: "", isBroken: false)
    #expect(try await prove(refused)?.message.contains("gives nothing: ParameterNotFound: ") == true)
    #expect(removals(refused) == Self.gone)
    let silent = tools(nil, given: "", isBroken: false)
    #expect(try await prove(silent)?.message.contains("gave nothing within 1m") == true)
    #expect(removals(silent) == Self.gone)
  }

  @Test func `where the cluster stops answering the smoke objects are taken away all the same`() async throws {
    let broken = tools(nil, given: "", isBroken: true)
    await #expect(throws: ToolError.self) { _ = try await prove(broken) }
    #expect(removals(broken) == Self.gone)
  }
}
