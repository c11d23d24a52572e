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

  @Test func `alone it is bootstrapped when etcd waits`() throws {
    #expect(try probe(1).conclude(waiting).state == .missing)
  }

  @Test func `with data on another control plane it is never bootstrapped, but joins`() throws {
    let seen = try probe(2).conclude(waiting + [service("Running"), refused, .absent("")])
    #expect(seen.state == .different)
    #expect(seen.saw.contains("cp02"))
    let step = try #require(Fixtures.bootstrap(Fixtures.spec(controlPlanes: 2)).plan()[StepID("bootstrap-etcd")])
    #expect(!step.action.response(to: .different).operations.contains { $0.mutates })
  }

  @Test func `a control plane in maintenance or without a configuration in this run counts as empty`() throws {
    #expect(try probe(2).conclude(waiting + [refused, maintenance, .absent("")]).state == .missing)
    let rescue = Answer.observation(.missing("no Talos; a shell answers"))
    #expect(try probe(2).conclude(waiting + [refused, refused, rescue]).state == .missing)
    let late = Answer.observation(.done("in maintenance mode"))
    #expect(try probe(2).conclude(waiting + [refused, refused, late]).state == .missing)
  }

  @Test func `a control plane that says nothing keeps it from being bootstrapped`() throws {
    for unknown in [
      Answer.absent("nobody looked"), .observation(.unreachable("no route")), .observation(.done("configured")),
    ] {
      let seen = try probe(3).conclude(waiting + [refused, maintenance, .absent(""), refused, refused, unknown])
      #expect(seen.state == .unreachable)
      #expect(seen.saw.contains("cp03"))
    }
  }

  @Test func `where etcd is healthy nobody else is asked`() throws {
    #expect(try probe(3).judge([.gate(.open("OK"))]) == .done("OK"))
  }
}
