import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

/// Whether an etcd of three members still has its majority.
struct EtcdMajorityTests {
  private let leaderless = Answer.output(
    .failing(
      "error getting members: 1 error occurred:\n\t* n: rpc error: code = Unknown desc = etcdserver: no leader\n"))
  private let silent = Answer.output(
    .failing("error getting members: rpc error: code = Unavailable desc = connection error: i/o timeout"))
  private let table = Answer.output(.printing("NODE   ID   HOSTNAME   PEER URLS   CLIENT URLS   LEARNER\n"))

  private func step(_ bootstrap: Bootstrap) -> Step? { bootstrap.plan()[StepID("etcd-majority")] }

  private func seen(_ answers: [Answer]) throws -> Observation {
    try #require(step(Fixtures.bootstrap(Fixtures.spec(controlPlanes: 3)))).probe.conclude(answers)
  }

  @Test func `whoever is left tells, be it the first control plane or the last`() throws {
    let last = try seen([silent, silent, leaderless])
    #expect(last.state == .unreachable)
    #expect(
      last.saw == "etcd has no leader: of 3 members only cp03 answers; start cp01, cp02, or make the cluster anew: "
        + "zerotouch rebuild --confirm demo")
    #expect(try seen([leaderless, silent, silent]).saw.contains("only cp01 answers; start cp02, cp03"))
  }

  @Test func `with a majority, and where there is no etcd yet, there is nothing to say`() throws {
    #expect(try seen([silent, table, table]) == .done("etcd has a leader, says cp02"))
    #expect(try seen([silent, silent, silent]) == .done("no control plane runs an etcd yet"))
  }

  @Test func `nothing waits for the look, it changes nothing, and machines that boot are given their time`() throws {
    let plan = Fixtures.bootstrap(Fixtures.spec(controlPlanes: 3)).plan()
    let step = try #require(plan[StepID("etcd-majority")])
    #expect(!plan.steps.contains { $0.needs.contains(step.id) })
    #expect(Observation.State.allCases.allSatisfy { step.action.response(to: $0).operations.isEmpty })
    guard case .askAgain(let bound) = step.action.response(to: .unreachable) else { throw CancellationError() }
    #expect(bound == .seconds(420))
    for question in step.probe.questions {
      guard case .run(let call) = question else { throw CancellationError() }
      #expect(call.effect == .reads && call.deadline.map { $0 <= .seconds(5) } == true)
    }
  }

  @Test func `a single member is no majority, and a rebuild comes because it is gone`() {
    #expect(step(Fixtures.bootstrap(Fixtures.spec())) == nil)
    let rebuilt = Fixtures.bootstrap(Fixtures.spec(controlPlanes: 3)).rebuilding(at: "2026-11-21T08:00:00Z")
    #expect(rebuilt.rebuildPlan[StepID("etcd-majority")] == nil)
    let replaced = Fixtures.bootstrap(Fixtures.spec(controlPlanes: 3)).replacing("cp03", at: "2026-11-21T08:00:00Z")
    #expect(replaced.replacementPlan[StepID("etcd-majority")] == nil)
  }
}
