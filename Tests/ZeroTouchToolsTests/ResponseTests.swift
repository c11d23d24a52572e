import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchTools

struct ResponseTests {
  @Test func `documents are cut out of a stream wherever the pieces break`() {
    let text = "{\n \"a\": \"}{\\\"\" }\n{\"b\":{\"c\":1}}\n"
    let whole = ["{\n \"a\": \"}{\\\"\" }", "{\"b\":{\"c\":1}}"]
    for size in 1...text.utf8.count {
      var splitter = JSONDocumentSplitter()
      var documents: [String] = []
      var rest = Data(text.utf8)
      while !rest.isEmpty {
        documents += splitter.append(rest.prefix(size)).map { String(decoding: $0, as: UTF8.self) }
        rest = Data(rest.dropFirst(size))
      }
      #expect(documents == whole)
    }
  }

  @Test func `etcd's members are read from the table`() {
    let text = """
      NODE           ID                 HOSTNAME   PEER URLS                  CLIENT URLS                LEARNER
      203.0.113.10   8a2f3d5e1c0b9a77   cp01       https://203.0.113.10:2380  https://203.0.113.10:2379  false
      203.0.113.10   1b2c3d4e5f607182   cp02       https://203.0.113.11:2380  https://203.0.113.11:2379  true
      """
    let members = EtcdMember.members(in: text)
    #expect(members.map(\.hostname) == ["cp01", "cp02"])
    #expect(members.map(\.isLearner) == [false, true])
  }

  @Test func `an application's sync, operation and failed resource are read`() throws {
    let json = try JSONValue(
      parsing: """
        {"metadata": {"name": "a", "namespace": "argocd"}, "status": {
          "sync": {"status": "OutOfSync", "revisions": ["1.0.0", "abc"]}, "health": {"status": "Missing"},
          "conditions": [{"type": "SyncError", "message": "no"}],
          "operationState": {"phase": "Failed", "message": "one or more objects failed to apply", "syncResult":
            {"resources": [{"kind": "Pod", "name": "p", "namespace": "n", "status": "SyncFailed", "message": "bad"}]}}}}
        """)
    let application = try #require(ObservedApplication(json))
    #expect(application.revisions == ["1.0.0", "abc"])
    #expect(application.operationPhase == "Failed")
    #expect(application.conditions == ["SyncError: no"])
    #expect(application.resources.first?.hasFailed == true)
  }

  @Test func `a secret is read without its values`() throws {
    let json = try JSONValue(
      parsing: "{\"metadata\": {\"name\": \"s\"}, \"data\": {\"b\": \"aHVzaA==\", \"a\": \"eA==\"}}")
    let secret = try #require(ObservedSecret(json))
    #expect(secret.keys == ["a", "b"])
    #expect(!String(describing: secret).contains("aHVzaA"))
  }
}

/// The decoders against what the real programs printed.
@Suite(.enabled(if: Recording.arePresent, "the shared recordings are not here"))
struct RecordedResponseTests {
  @Test func `talosctl's machine status is read in each stage`() throws {
    let maintenance = try #require(MachineStatus(Recording("talosctl-v1.13.9/maintenance-machinestatus.txt").output))
    #expect(maintenance.stage == .maintenance)
    let configured = try #require(MachineStatus(Recording("talosctl-v1.13.9/configured-machinestatus.txt").output))
    #expect(configured.stage == .booting && !configured.isReady)
    #expect(configured.description == "booting (services: etcd not ready)")
    #expect(try #require(MachineStatus(Recording("talosctl-v1.13.9/machinestatus-ready.txt").output)).isReady)
  }

  @Test func `talosctl's service status is read`() throws {
    let etcd = try #require(TalosServiceStatus(Recording("talosctl-v1.13.9/service-etcd.txt").output.text))
    #expect(etcd.id == "etcd" && etcd.isHealthy)
  }

  @Test(arguments: [
    ("bootstrap-again", ToolFailure.Kind.alreadyExists), ("bootstrap-too-early", .failedPrecondition),
    ("configured-insecure-apply", .unreachable), ("just-after-apply-machinestatus", .certificate),
    ("maintenance-mtls-version", .certificate), ("unreachable-version", .unreachable),
    ("etcd-members", .unimplemented), ("gen-secrets-again", .other),
  ])
  func `talosctl's recorded refusals are told apart`(name: String, kind: ToolFailure.Kind) throws {
    #expect(try ToolFailure(talosctl: Recording("talosctl-v1.13.9/\(name).txt").output.errorText).kind == kind)
  }

  @Test(arguments: [
    ("refused", ToolFailure.Kind.unreachable), ("kubeconfig-missing", .unreachable), ("unauthorized", .unauthorized),
    ("not-found", .notFound), ("no-such-kind", .noSuchKind), ("no-crd", .noSuchKind), ("conflict-value", .conflict),
    ("namespace-missing", .notFound), ("apply-client-side-too-long", .invalid),
  ])
  func `kubectl's recorded refusals are told apart`(name: String, kind: ToolFailure.Kind) throws {
    #expect(try ToolFailure(kubectl: Recording("kubectl-v1.36/\(name).txt").output.errorText).kind == kind)
  }

  @Test func `a node, a deployment and a daemonset are read`() throws {
    let nodes = try ObjectList(parsing: Recording("kubectl-v1.36/nodes.txt").output).items.compactMap(ObservedNode.init)
    #expect(nodes.first?.name == "node-1")

    let half = try ObjectList(parsing: Recording("kubectl-v1.36/deployment-one-of-two.txt").output).items
    let deployment = try #require(half.first.flatMap(ObservedDeployment.init))
    #expect(deployment.wanted == 2 && deployment.ready == 1 && deployment.isObserved)
    #expect(deployment.selector["io.cilium/app"] == "operator")

    let agents = try ObjectList(parsing: Recording("kubectl-v1.36/daemonset-ready.txt").output).items
    let daemonSet = try #require(agents.first.flatMap(ObservedDaemonSet.init))
    #expect(daemonSet.wanted > 0 && daemonSet.ready == daemonSet.wanted)
  }

  @Test func `an unschedulable pod carries the scheduler's words`() throws {
    let pods = try ObjectList(parsing: Recording("kubectl-v1.36/pods-one-pending.txt").output).items
      .compactMap(ObservedPod.init)
    let scheduled = pods.compactMap { $0.conditions.named("PodScheduled") }
    #expect(scheduled.contains { !$0.isTrue && $0.message.contains("didn't match pod anti-affinity rules") })
  }

  @Test func `every event of a recorded watch is read`() throws {
    let data = try Recording("kubectl-v1.36/watch-second-node.txt").output.standardOutput
    var splitter = JSONDocumentSplitter()
    let documents = splitter.append(data)
    let events = try documents.map { WatchEvent(try JSONValue(parsing: $0)) }
    #expect(events.count > 1)
    #expect(events.allSatisfy { $0.flatMap { ObservedDeployment($0.object) } != nil })
  }
}
