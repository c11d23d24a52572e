import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchReadiness
import ZeroTouchTools

/// When a node may be made anew, and in which order that is done.
struct ReplaceNodeTests {
  private static let now = "2026-11-21T08:00:00Z"
  private static let certificate = Answer.output(
    .failing("rpc error: code = Unavailable desc = remote error: tls: certificate required"))
  private static let refused = Answer.output(.failing("rpc error: code = Unavailable desc = connection refused"))
  private static let denied = Answer.output(.failing("root@cp02: Permission denied (publickey)"))
  private static let unmarked = Answer.output(
    .failing(
      "rpc error: code = NotFound desc = resource "
        + "NodeAnnotationSpecs.k8s.talos.dev(k8s/zerotouch.dev/renewed@undefined) doesn't exist"))

  /// What a machine says that runs, waits in its rescue system, or says nothing.
  private static let runs = [certificate, unmarked, refused]
  private static let rescued = [refused, refused, denied]
  private static let silent = [refused, refused, refused]

  private func plan(_ name: String, planes: Int = 3, ended: Bool = false) -> BootstrapPlan {
    var bootstrap = Fixtures.bootstrap(Fixtures.spec(controlPlanes: planes, workers: 1))
    if ended { bootstrap.renewals.nodes[name] = Renewal(began: "2026-11-01T00:00:00Z", isFinished: true) }
    return bootstrap.replacing(name, at: Self.now).replacementPlan
  }

  private static func nodes(ready: [String]) -> Answer {
    let items = ["cp01", "cp02", "cp03", "worker01"].map { name -> JSONValue in
      [
        "metadata": ["name": .string(name)],
        "status": ["conditions": [["type": "Ready", "status": ready.contains(name) ? "True" : "False"]]],
      ]
    }
    return .output(.printing(JSONValue.object(["items": .array(items)]).text()))
  }

  private static func members(_ names: [String]) -> Answer {
    let rows = names.map { "10.0.0.1   0000000000000001   \($0)       https://a   https://b   false" }
    return .output(
      .printing(
        "NODE       ID                 HOSTNAME   PEER URLS   CLIENT URLS   LEARNER\n" + rows.joined(separator: "\n")
          + "\n"))
  }

  private static func etcd(_ health: String) -> Answer {
    .output(.printing("NODE x\nID etcd\nSTATE Running\nHEALTH \(health)\n"))
  }

  private let noVolumes = Answer.output(.printing("{\"items\":[]}"))

  /// What the check says of cp02, beside which so many of the other two run.
  private func seen(
    _ machine: [Answer], others: [Answer], nodes: Answer? = nil, begun: Renewal? = nil
  ) throws -> Observation {
    let step = try #require(plan("cp02")[StepID("check-replacement", "cp02")])
    let table = Self.members(["cp01", "cp02", "cp03"])
    let file = begun.map { Answer.contents(Data($0.text.utf8)) } ?? .absent("no file")
    let known = nodes ?? Self.nodes(ready: ["cp01", "cp03", "worker01"])
    return step.probe.conclude(machine + [file, known, noVolumes, table, table] + others)
  }

  @Test func `a control plane goes while the others are a majority, and else it is said how many are needed`() throws {
    let both = [Self.etcd("OK"), Self.etcd("OK")]
    #expect(try seen(Self.runs, others: both).state == .done)
    #expect(try seen(Self.rescued, others: both).state == .done)
    let one = [Self.etcd("OK"), Self.refused]
    let dead = try seen(Self.rescued, others: one)
    #expect(dead.problems.map(\.message) == ["of 3 members of etcd 1 run(s), and 2 are needed to let one go"])
    let living = try seen(Self.runs, others: one)
    #expect(living.problems.map(\.message) == ["without cp02 1 of 2 members of etcd run(s), and 2 are needed"])
    #expect(dead.problems.first?.remedy.contains("zerotouch rebuild --confirm demo") == true)
  }

  @Test func `where the API is gone with the majority, the numbers are said all the same`() throws {
    let closed = Answer.output(.failing("The connection to the server was refused"))
    let seen = try seen(Self.rescued, others: [Self.etcd("OK"), Self.refused], nodes: closed)
    #expect(seen.state == .unreachable)
    #expect(seen.problems.first?.message == "of 3 members of etcd 1 run(s), and 2 are needed to let one go")
  }

  @Test func `a machine that only this laptop does not hear is not dead`() throws {
    let both = [Self.etcd("OK"), Self.etcd("OK")]
    let ready = Self.nodes(ready: ["cp01", "cp02", "cp03"])
    let seen = try seen(Self.silent, others: both, nodes: ready)
    #expect(seen.problems.map(\.message).first?.contains("the cluster says that it is Ready") == true)
    #expect(try self.seen(Self.silent, others: both).state == .done)
  }

  @Test func `one that was begun goes on without another look, once nothing runs on the machine`() throws {
    let begun = Renewal(began: Self.now)
    let none = [Self.refused, Self.refused]
    #expect(try seen(Self.rescued, others: none, begun: begun).state == .done)
    #expect(try seen(Self.runs, others: none, begun: begun).state == .different)
  }

  @Test func `a dead control plane leaves etcd before its machine is touched, and a living one by itself`() throws {
    let plan = plan("cp02")
    let order = plan.inOrder.map(\.id.stage)
    let own = [
      "check-replacement", "begin-replacement", "drain", "leave-etcd", "reset", "delete-node", "install-os",
      "apply-config", "rejoin", "finish-replacement",
    ]
    #expect(order.filter { own.contains($0) } == own)
    #expect(plan.steps.allSatisfy { $0.node == nil || $0.node == "cp02" })
    let leave = try #require(plan[StepID("leave-etcd", "cp02")])
    let table = Self.members(["cp01", "cp02", "cp03"])
    #expect(leave.probe.conclude(Self.rescued + [table, table]).state == .missing)
    #expect(leave.probe.conclude(Self.runs + [table, table]).state == .done)
    #expect(leave.probe.conclude(Self.rescued + [Self.members(["cp01", "cp03"]), table]).state == .done)
    let operations = leave.action.response(to: .missing).operations
    guard case .derive(let derivation)? = operations.first, case .output(let output) = table else {
      throw CancellationError()
    }
    let words = derivation.change(output)?.arguments ?? []
    #expect(Array(words.suffix(3)) == ["etcd", "remove-member", "0000000000000001"])
    #expect(words.contains("203.0.113.10"))
  }

  @Test func `a worker that was replaced is only joined, and the Node of a new one stays`() throws {
    let stages = plan("worker01", ended: true).inOrder.map(\.stage)
    #expect(!stages.contains("reset") && !stages.contains("delete-node") && stages.contains("join-worker"))
    let delete = try #require(plan("worker01")[StepID("delete-node", "worker01")])
    let marked = Answer.output(.printing("{\"spec\":{\"value\":\"\(Self.now)\"}}"))
    let registered = Answer.node(.seen(nil))
    #expect(delete.probe.conclude([Self.certificate, marked, Self.refused, registered]).state == .done)
  }
}
