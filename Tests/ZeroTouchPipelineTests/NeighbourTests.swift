import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

/// A machine that belongs to another cluster is told with the names of both.
struct NeighbourTests {
  private let wantsCertificate = Answer.output(
    .failing("rpc error: code = Unavailable desc = remote error: tls: certificate required"))
  private let foreign = Answer.output(
    .failing(
      "rpc error: code = Unavailable desc = x509: certificate signed by unknown authority (possibly because of x)"))
  private let running = Answer.output(.printing("{\"spec\":{\"stage\":\"running\"}}"))
  private let closed = Answer.output(.failing("ssh: connect to host port 22: Connection refused", status: 255))

  private func probe(_ neighbours: String...) throws -> Probe {
    var bootstrap = Fixtures.bootstrap(Fixtures.spec(workers: 1))
    bootstrap.neighbours = neighbours.map { Neighbour(name: $0, talosconfig: "/state/\($0)/talosconfig") }
    return try #require(bootstrap.plan()[StepID("install-os", "worker01")]).probe
  }

  @Test func `one whose talosconfig opens it is named, and so is the cluster that is meant`() throws {
    let probe = try probe("staging", "test")
    let answers = [wantsCertificate, foreign, closed, foreign]
    #expect(probe.judge(answers) == nil, "the second neighbour was not asked yet")
    let seen = probe.conclude(answers + [running])
    #expect(seen.state == .foreign)
    #expect(seen.saw.contains("belongs to the cluster `test`, and not to `demo` (https://"))
    guard case .run(let question) = probe.questions[3] else { throw CancellationError() }
    #expect(question.arguments.contains("/state/staging/talosconfig") && question.effect == .reads)
  }

  @Test func `one that nobody here knows is told with whom it was tried`() throws {
    let seen = try probe("staging").conclude([wantsCertificate, foreign, closed, foreign])
    #expect(seen.state == .foreign)
    #expect(seen.saw.contains("its authority is not that of `demo` (https://"))
    #expect(seen.saw.hasSuffix("nor that of `staging`"))
    #expect(try probe().judge([wantsCertificate, foreign])?.state == .foreign)
  }

  @Test func `of a machine that is ours, or nobody's, no neighbour is asked`() throws {
    let probe = try probe("staging")
    #expect(probe.judge([wantsCertificate, running])?.state == .done)
    #expect(probe.judge([closed, closed, closed])?.state == .unreachable)
  }
}
