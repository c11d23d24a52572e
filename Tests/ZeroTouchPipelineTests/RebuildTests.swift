import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

/// What a rebuild wipes, and above all what it does not.
struct RebuildTests {
  private static let now = "2026-11-21T08:00:00Z"

  private func bootstrap(_ controlPlanes: Int = 1, workers: Int = 0, remembering last: Renewal? = nil) -> Bootstrap {
    var bootstrap = Fixtures.bootstrap(Fixtures.spec(controlPlanes: controlPlanes, workers: workers))
    bootstrap.renewals.cluster = last
    return bootstrap
  }

  private let maintenance = Answer.output(.printing("{\"spec\":{\"stage\":\"maintenance\"}}"))
  private let certificate = Answer.output(
    .failing("rpc error: code = Unavailable desc = remote error: tls: certificate required"))
  private let refused = Answer.output(.failing("rpc error: code = Unavailable desc = connection refused"))
  private let unmarked = Answer.output(
    .failing(
      "rpc error: code = NotFound desc = resource "
        + "NodeAnnotationSpecs.k8s.talos.dev(k8s/zerotouch.dev/renewed@undefined) doesn't exist"))
  private let foreign = Answer.output(
    .failing(
      "rpc error: code = Unavailable desc = x509: certificate signed by unknown authority (possibly because of x)"))

  private func marked(_ moment: String) -> Answer { .output(.printing("{\"spec\":{\"value\":\"\(moment)\"}}")) }

  private func reset(_ answers: [Answer]) throws -> Observation {
    let step = try #require(bootstrap().rebuilding(at: Self.now).rebuildPlan[StepID("reset", "cp01")])
    return step.probe.conclude(answers)
  }

  @Test func `every machine is empty before one of them is configured, and nothing is wiped before all is rendered`()
    throws
  {
    let plan = bootstrap(3, workers: 2).rebuilding(at: Self.now).rebuildPlan
    let order = plan.inOrder.map(\.id)
    let place = { (id: StepID) throws in try #require(order.firstIndex(of: id)) }
    let resets = try bootstrap(3, workers: 2).spec.nodes.map { try place(StepID("reset", $0.name)) }
    #expect(resets.count == 5)
    for name in ["cp01", "worker02"] {
      #expect(try place(StepID("render", name)) < #require(resets.min()))
    }
    for name in ["cp01", "cp02", "cp03"] {
      #expect(try place(StepID("apply-config", name)) > #require(resets.max()))
    }
    #expect(try place(StepID("begin-rebuild")) < #require(resets.min()))
    #expect(order.last == StepID("finish-rebuild"))
    let render = try #require(plan[StepID("render")])
    guard case .refuse = render.action.response(to: .missing) else {
      Issue.record("the secrets of the cluster would be made anew")
      return
    }
  }

  @Test func `a Talos that knows no such kind of resource is not wiped for it`() throws {
    let unknown = Answer.output(
      .failing("rpc error: code = NotFound desc = resource \"nodeannotationspecs\" is not registered"))
    let seen = try reset([certificate, unknown, refused])
    #expect(seen.state == .unreachable)
    #expect(seen.saw.contains("is not registered"))
  }

  @Test func `what a machine says of itself decides whether it is wiped`() throws {
    #expect(try reset([certificate, unmarked]).state == .missing)
    #expect(try reset([certificate, marked("2025-01-01T00:00:00Z")]).state == .missing)
    #expect(try reset([certificate, marked(Self.now)]).state == .done)
    #expect(try reset([maintenance]).state == .done)
    #expect(
      try reset([refused, refused, .output(.failing("root@cp01: Permission denied (publickey)"))]).state == .done)
    #expect(try reset([certificate, foreign]).state == .foreign)
    let silent = try reset([refused, refused, refused])
    #expect(silent.state == .unreachable)
    #expect(silent.saw.contains("zerotouch rescue cp01"))
  }

  @Test func `one that has not ended goes on, and one that has ended is not begun again by the same command`() {
    let under = Renewal(began: "2026-11-01T00:00:00Z")
    #expect(bootstrap().rebuilding(at: Self.now).renewing == .cluster(Renewal(began: Self.now)))
    #expect(bootstrap(remembering: under).rebuilding(at: Self.now).renewing == .cluster(under))
    #expect(bootstrap(remembering: under).rebuilding(at: Self.now, after: under.began).renewing == .cluster(under))
    let ended = bootstrap(remembering: under.finished)
    #expect(ended.rebuilding(at: Self.now).rebuildPlan.steps.map(\.id) == ended.plan().steps.map(\.id))
    let again = ended.rebuilding(at: Self.now, after: under.began)
    #expect(again.renewing == .cluster(Renewal(began: Self.now)))
    // The laptop died behind the end of that one, and the same line is typed again.
    let next = bootstrap(remembering: Renewal(began: Self.now, isFinished: true))
    #expect(next.rebuilding(at: "2026-12-01T00:00:00Z", after: under.began).rebuildPlan[StepID("begin-rebuild")] == nil)
  }

  @Test func `nothing is wiped while a machine is missing or another cluster's`() throws {
    let plan = bootstrap(1, workers: 1).rebuilding(at: Self.now).rebuildPlan
    let step = try #require(plan[StepID("begin-rebuild")])
    let old = [certificate, unmarked, refused]
    let none = Answer.absent("no file")
    #expect(step.probe.conclude([none] + old + old).state == .missing)
    let silent = step.probe.conclude([none] + old + [refused, refused, refused])
    #expect(silent.state == .unreachable)
    #expect(silent.saw.contains("worker01"))
    #expect(step.probe.conclude([none] + old + [certificate, foreign, refused]).state == .foreign)
    let begun = Answer.contents(Data(Renewal(began: Self.now).text.utf8))
    #expect(step.probe.conclude([begun] + old + [refused, refused, refused]).state == .done)
    let other = Answer.contents(Data(Renewal(began: "2026-11-20T00:00:00Z").text.utf8))
    #expect(step.probe.conclude([other] + old + old).state == .foreign)
  }

  @Test func `the kubeconfig of the new cluster is not forgotten`() throws {
    let plan = bootstrap(1, workers: 1).rebuilding(at: Self.now).rebuildPlan
    let step = try #require(plan[StepID("forget-cluster")])
    let empty = Answer.observation(.done("in maintenance mode"))
    let file = Answer.contents(Data("apiVersion: v1".utf8))
    #expect(step.probe.conclude([empty, empty, file]).state == .missing)
    #expect(step.probe.conclude([.observation(.done("it was made anew already")), empty, file]).state == .done)
    #expect(step.probe.conclude([empty, empty, .contents(Data())]).state == .done)
  }

  @Test func `a bootstrap beside a rebuild that has not ended is refused, and the rebuild is named`() throws {
    let under = bootstrap(remembering: Renewal(began: Self.now))
    let check = { (bootstrap: Bootstrap, plan: BootstrapPlan) throws -> [String] in
      let probe = try #require(plan[StepID("preflight")]).probe
      let answers = probe.questions.map { _ in Answer.absent("") }
      return probe.conclude(answers).problems.map(\.description).filter { $0.contains("has not ended") }
    }
    let seen = try check(under, under.plan())
    #expect(seen.count == 1)
    #expect(seen.first?.contains("zerotouch rebuild --confirm demo") == true)
    let going = under.rebuilding(at: Self.now)
    #expect(try check(going, going.rebuildPlan) == [])
  }

  @Test func `a database never begins beside the archive of one that ran`() throws {
    let claim = { (incarnation: Int, isRestored: Bool) in
      ArchivedDatabase(
        namespace: "shop", name: "orders", incarnation: incarnation, isRestored: isRestored, file: "orders.yaml")
    }
    let seen = { (claim: ArchivedDatabase, file: Answer) throws -> Observation in
      var bootstrap = bootstrap()
      bootstrap.databases = [claim]
      let step = try #require(bootstrap.rebuilding(at: Self.now).rebuildPlan[StepID("check-restores")])
      return step.probe.conclude([file])
    }
    let ran = Answer.contents(Data(#"{"items":[{"metadata":{"namespace":"shop","name":"orders-1"}}]}"#.utf8))
    let stranded = try seen(claim(1, false), ran)
    #expect(stranded.state == .foreign)
    #expect(stranded.problems.first?.remedy.contains("`restore: {fromIncarnation: 1}`") == true)
    #expect(try seen(claim(2, true), ran).state == .done)
    #expect(try seen(claim(1, false), .contents(Data(#"{"items":[]}"#.utf8))).state == .done)
    // The old cluster said nothing any more.
    #expect(try seen(claim(1, false), .contents(Data())).state == .foreign)
    #expect(try seen(claim(2, true), .contents(Data())).state == .done)
  }
}
