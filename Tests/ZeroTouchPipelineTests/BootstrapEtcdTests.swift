import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchReadiness
import ZeroTouchTools

/// The one step that can make two clusters out of one.
struct BootstrapEtcdTests {
  private func probe(_ controlPlanes: Int) throws -> Probe {
    let plan = Fixtures.bootstrap(Fixtures.spec(controlPlanes: controlPlanes)).plan()
    return try #require(plan[StepID("bootstrap-etcd")]).probe
  }

  private func service(_ state: String) -> Answer {
    .output(.printing("NODE x\nID etcd\nSTATE \(state)\nHEALTH Fail\n"))
  }

  private let refused = Answer.output(.failing("rpc error: code = Unavailable desc = connection refused"))
  private let maintenance = Answer.output(.printing("{\"spec\":{\"stage\":\"maintenance\"}}"))
  private var waiting: [Answer] { [.gate(.waiting("Preparing")), service("Preparing")] }
  private let noKubeconfig = Answer.absent("`kubeconfig` does not exist")

  @Test func `alone it is bootstrapped when etcd waits`() throws {
    #expect(try probe(1).conclude(waiting + [noKubeconfig]).state == .missing)
  }

  @Test func `with data on another control plane it is never bootstrapped, but joins`() throws {
    let seen = try probe(2).conclude(waiting + [service("Running"), refused, .absent(""), noKubeconfig])
    #expect(seen.state == .different)
    #expect(seen.saw.contains("cp02"))
    let step = try #require(Fixtures.bootstrap(Fixtures.spec(controlPlanes: 2)).plan()[StepID("bootstrap-etcd")])
    #expect(!step.action.response(to: .different).operations.contains { $0.mutates })
  }

  @Test func `a control plane in maintenance or without a configuration in this run counts as empty`() throws {
    #expect(try probe(2).conclude(waiting + [refused, maintenance, .absent(""), noKubeconfig]).state == .missing)
    let rescue = Answer.observation(.missing("no Talos; a shell answers"))
    #expect(try probe(2).conclude(waiting + [refused, refused, rescue, noKubeconfig]).state == .missing)
    let late = Answer.observation(.done("in maintenance mode"))
    #expect(try probe(2).conclude(waiting + [refused, refused, late, noKubeconfig]).state == .missing)
  }

  @Test func `a control plane that says nothing keeps it from being bootstrapped`() throws {
    for unknown in [
      Answer.absent("nobody looked"), .observation(.unreachable("no route")), .observation(.done("configured")),
    ] {
      let answers = waiting + [refused, maintenance, .absent(""), refused, refused, unknown, noKubeconfig]
      let seen = try probe(3).conclude(answers)
      #expect(seen.state == .unreachable)
      #expect(seen.saw.contains("cp03"))
    }
  }

  @Test func `where etcd is healthy nobody else is asked`() throws {
    #expect(try probe(3).judge([.gate(.open("OK"))]) == .done("OK"))
  }

  @Test func `what is left of a cluster is not put under a new etcd, and the way out is named`() throws {
    let bootstrap = Fixtures.bootstrap(Fixtures.spec(controlPlanes: 1, workers: 2))
    let step = try #require(bootstrap.plan()[StepID("bootstrap-etcd")])
    let empty = Answer.observation(.done("in maintenance mode"))
    let left = Answer.observation(.done("configured, running"))
    #expect(step.probe.conclude(waiting + [noKubeconfig, empty, .absent("nobody looked yet")]).state == .missing)
    let worker = step.probe.conclude(waiting + [noKubeconfig, empty, left])
    #expect(worker == .foreign("no control plane holds an etcd, and worker02 ran in a cluster before"))
    let opened = step.probe.conclude(waiting + [.contents(Data("apiVersion: v1".utf8)), empty, empty])
    #expect(opened.state == .foreign)
    // A rebuild leaves an empty file.
    #expect(step.probe.conclude(waiting + [.contents(Data()), empty, empty]).state == .missing)
    guard case .refuse(let remedy) = step.action.response(to: .foreign) else { throw CancellationError() }
    #expect(remedy.hasSuffix("zerotouch rebuild --confirm demo"))
  }
}
