import Foundation
import Synchronization
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

struct RotationTests {
  private static let subject = SecretRotation.Subject.injected(
    [InjectionTable.credentials], isRepository: false)

  private func rotate(
    _ cluster: OperatedCluster, _ subject: SecretRotation.Subject = subject, stamp: String = "1"
  ) async throws -> [Diagnostic] {
    let clock = ManualClock()
    let operated = SecretCluster(
      tools: cluster.tools, kubectl: Kubectl(kubeconfig: "k"), clock: clock,
      now: { Date(timeIntervalSince1970: 1_795_262_400) })
    return try await clock.running {
      try await SecretRotation(in: operated, stamp: stamp, say: { _ in }).follow(subject)
    }
  }

  @Test func `a store looks again, what reads it is read again, and who holds the old value starts anew`() async throws
  {
    let cluster = OperatedCluster()
    #expect(try await rotate(cluster) == [])
    #expect(
      cluster.writes == [
        "annotate clustersecretstores.external-secrets.io/store", "annotate externalsecrets.external-secrets.io/es",
        "rollout restart deployment/reader",
      ])
    #expect(try await rotate(cluster, stamp: "2") == [])
    #expect(cluster.writes.suffix(2).allSatisfy { $0.hasPrefix("annotate") }, "nobody starts anew for nothing")
  }

  @Test func `whoever reads an injected Secret as a variable starts anew, once`() async throws {
    let subject = SecretRotation.Subject.injected([SecretName("apps", "made")], isRepository: false)
    let cluster = OperatedCluster(secretTime: "2026-11-21T09:45:00Z")
    #expect(try await rotate(cluster, subject) == [])
    #expect(cluster.writes == ["rollout restart deployment/reader"])
    #expect(try await rotate(cluster, subject, stamp: "2") == [])
    #expect(cluster.writes.count == 1)
  }

  @Test func `what the provider refuses ends the wait at once, with its own reason and what to do`() async throws {
    let cluster = OperatedCluster(refusal: "api error ExpiredTokenException: The security token is expired")
    let problems = try await rotate(cluster)
    #expect(problems.map(\.message).first?.contains("is not synced: ExpiredToken: ") == true, "\(problems)")
    #expect(problems.first?.remedy.contains("sign in again") == true)
  }

  @Test func `a provider that is throttled is waited for, and told when patience is over`() async throws {
    let problems = try await rotate(OperatedCluster(refusal: "api error ThrottlingException: Rate exceeded"))
    #expect(
      problems.map(\.message).first?.contains("was not read within 1m: api error Throttling") == true, "\(problems)")
  }

  @Test(arguments: [false, true])
  func `killed at any call, a second rotation ends as if there had been one alone`(happens: Bool) async throws {
    let whole = OperatedCluster()
    _ = try await rotate(whole)
    for call in 1...whole.calls {
      let cluster = OperatedCluster()
      cluster.kill(at: call, happens: happens)
      await #expect(throws: ToolError.self) { _ = try await rotate(cluster) }
      #expect(try await rotate(cluster, stamp: "2") == [])
      #expect(cluster.isUpToDate, "killed at call \(call): \(cluster.writes)")
    }
  }
}

/// A cluster whose External Secrets Operator answers at once, as kubectl shows it.
final class OperatedCluster: Sendable {
  private struct State {
    var calls = 0
    var kill: (call: Int, happens: Bool)?
    var writes: [String] = []
    var reading = 0
    var secretTime: String
    var podTime = "2026-11-21T09:30:00Z"
  }

  private let state: Mutex<State>
  private let refusal: String?

  init(refusal: String? = nil, secretTime: String = "2026-11-21T09:00:00Z") {
    self.refusal = refusal
    state = Mutex(State(secretTime: secretTime))
  }

  var calls: Int { state.withLock(\.calls) }
  var writes: [String] { state.withLock(\.writes) }
  /// Whether the new value is there, and whoever reads it began after it.
  var isUpToDate: Bool { state.withLock { $0.reading > 0 && $0.podTime > $0.secretTime } }

  func kill(at call: Int, happens: Bool) { state.withLock { $0.kill = (call, happens) } }

  var tools: ScriptedToolRunner {
    ScriptedToolRunner { invocation throws(ToolError) in
      let (output, isKilled) = self.state.withLock { state -> (ToolOutput, Bool) in
        state.calls += 1
        let isKilled = state.kill?.call == state.calls
        let happens = !isKilled || state.kill?.happens == true
        return (happens ? self.answer(invocation, &state) : .printing(""), isKilled)
      }
      if isKilled { throw ToolError.cancelled(invocation) }
      return output
    }
  }

  private func answer(_ invocation: ToolInvocation, _ state: inout State) -> ToolOutput {
    let words = Array(invocation.arguments.dropFirst(2))
    switch words[0] {
    case "annotate":
      state.writes.append("annotate \(words[1])/\(words[2])")
      if words[2] == "es", refusal == nil {
        state.reading += 1
        // The value changed with the first reading, after the pod began.
        if state.reading == 1 { state.secretTime = "2026-11-21T10:00:00Z" }
      }
      return .printing("")
    case "rollout":
      if words[1] == "restart" {
        state.writes.append(words.prefix(3).joined(separator: " "))
        state.podTime = "2026-11-21T10:01:00Z"
      }
      return .printing("")
    case "get":
      let found = items(words, state)
      if let first = found.first, !words[2].hasPrefix("-") { return .printing(first.text()) }
      return .printing(JSONValue.object(["kind": "List", "items": .array(found)]).text())
    default: return .failing("error: unknown command")
    }
  }

  private func items(_ words: [String], _ state: State) -> [JSONValue] {
    switch words[1] {
    case ObservedSecretStore.resources: [Self.store]
    case ObservedExternalSecret.resource: [external(state)]
    case "events":
      refusal.map { [Self.warning($0, version: state.calls)] } ?? []
    case "secret": [Self.secret(state)]
    case "pods":
      [["metadata": ["name": "reader-1", "labels": ["app": "reader"], "creationTimestamp": .string(state.podTime)]]]
    case "deployment": [Self.deployment]
    default: []
    }
  }

  private static func warning(_ message: String, version: Int) -> JSONValue {
    [
      "type": "Warning", "message": .string(message),
      "metadata": ["name": "w", "resourceVersion": .string("\(version)")],
    ]
  }

  private static let store: JSONValue = [
    "kind": "ClusterSecretStore", "metadata": ["name": "store"],
    "spec": [
      "provider": [
        "aws": ["accessKeyIDSecretRef": ["name": "aws-access-token", "namespace": "external-secrets", "key": "id"]]
      ]
    ],
    "status": ["conditions": [["type": "Ready", "status": "True", "reason": "Valid"]]],
  ]

  private func external(_ state: State) -> JSONValue {
    let isSynced = refusal == nil
    return [
      "kind": "ExternalSecret", "metadata": ["name": "es", "namespace": "apps"],
      "spec": ["secretStoreRef": ["kind": "ClusterSecretStore", "name": "store"], "target": ["name": "made"]],
      "status": [
        "syncedResourceVersion": .string("\(state.reading)"), "refreshTime": "2026-11-21T10:00:00Z",
        "conditions": [
          [
            "type": "Ready", "status": isSynced ? "True" : "False",
            "reason": isSynced ? "SecretSynced" : "SecretSyncedError",
          ]
        ],
      ],
    ]
  }

  private static func secret(_ state: State) -> JSONValue {
    [
      "kind": "Secret",
      "metadata": [
        "name": "made", "namespace": "apps",
        "managedFields": [
          ["manager": "external-secrets", "fieldsV1": ["f:data": [:]], "time": .string(state.secretTime)]
        ],
      ],
    ]
  }

  private static let deployment: JSONValue = [
    "kind": "Deployment", "metadata": ["name": "reader"],
    "spec": [
      "selector": ["matchLabels": ["app": "reader"]],
      "template": [
        "spec": ["containers": [["env": [["valueFrom": ["secretKeyRef": ["name": "made", "key": "k"]]]]]]]
      ],
    ],
  ]
}
