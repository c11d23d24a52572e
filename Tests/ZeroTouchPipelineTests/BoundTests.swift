import Testing
import ZeroTouchDiagnosis
import ZeroTouchModel
import ZeroTouchReadiness
import ZeroTouchTools

@testable import ZeroTouchPipeline

/// Every wait of a bootstrap, with its bound.
struct BoundTests {
  /// One wait: who waits, for what, and at most how long.
  private struct Wait {
    let what: String
    let bound: Duration?
  }

  @Test(arguments: [ClusterSpec.Provider.talos, .kind])
  func `every wait of a bootstrap has a bound, and none is longer than forty minutes`(provider: ClusterSpec.Provider) {
    let spec = Fixtures.spec(controlPlanes: 3, workers: 2, provider: provider, hasSecrets: true)
    let waits = Fixtures.bootstrap(spec, kubeconfig: "/given").plan().steps.flatMap(waits)
    #expect(waits.count > 40)
    for wait in waits {
      #expect(
        wait.bound.map { $0 > .zero && $0 <= .seconds(2400) } == true, "\(wait.what): \(String(describing: wait.bound))"
      )
    }
  }

  /// What else is done to a cluster than bootstrapping it.
  @Test(arguments: ["rebuild", "replace cp02", "replace worker01", "join worker01", "remove worker01", "remove cp02"])
  func `every wait of what else is done to a cluster has a bound`(course: String) throws {
    let spec = Fixtures.spec(controlPlanes: 3, workers: 2, hasSecrets: true)
    let bootstrap = Fixtures.bootstrap(spec)
    let words = course.split(separator: " ").map(String.init)
    let node = try words.dropFirst().first.map { name in try #require(spec.nodes.first { $0.name == name }) }
    let plan =
      switch (words[0], node) {
      case ("replace", let node?): bootstrap.replacing(node.name, at: "2026-01-01T00:00:00Z").replacementPlan
      case ("join", let node?): bootstrap.joinPlan(workers: [node.name])
      case ("remove", let node?): bootstrap.removalPlan(node, isGone: false)
      default: bootstrap.rebuilding(at: "2026-01-01T00:00:00Z").rebuildPlan
      }
    let waits = plan.steps.flatMap(waits)
    #expect(waits.count > 5)
    for wait in waits {
      #expect(wait.bound.map { $0 > .zero && $0 <= .seconds(2400) } == true, "\(wait.what)")
    }
  }

  @Test func `the look for the cause of a failure has a bound`() {
    #expect(Examiner.usualBound > .zero && Examiner.usualBound <= .seconds(60))
  }

  @Test func `a program that is asked again is asked so many times, and the pauses have an end`() {
    let policy = RetryPolicy()
    let pauses = (1...policy.attempts).reduce(Duration.zero) { $0 + policy.pause(before: $1) }
    #expect(pauses <= .seconds(180))
  }

  private func waits(of step: Step) -> [Wait] {
    let responses = Observation.State.allCases.map { step.action.response(to: $0) }
    let again = responses.compactMap { response -> Wait? in
      if case .askAgain(let bound) = response { Wait(what: "\(step.id) asks again", bound: bound) } else { nil }
    }
    return again + responses.flatMap(\.operations).flatMap { waits(of: $0, step) }
      + step.probe.questions.flatMap { waits(of: $0, step) }
  }

  private func waits(of operation: ZeroTouchPipeline.Operation, _ step: Step) -> [Wait] {
    switch operation {
    case .run(let call, _, _, _): [Wait(what: "\(step.id): \(call)", bound: call.deadline)]
    case .derive(let derivation):
      [Wait(what: "\(step.id): \(derivation.question)", bound: derivation.question.deadline)]
    case .inject(_, let target): [Wait(what: "\(step.id): \(target.apply)", bound: target.apply.deadline)]
    case .change(let call, let evidence, _):
      [Wait(what: "\(step.id): \(call)", bound: call.deadline)] + waits(of: evidence)
    case .wait(let gate): waits(of: .gate(gate))
    case .compose, .write, .reveal: []
    }
  }

  private func waits(of evidence: Evidence) -> [Wait] {
    switch evidence {
    case .program(let call): [Wait(what: "\(call)", bound: call.deadline)]
    case .gate(let gate): [Wait(what: "\(gate)", bound: gate.bound)] + polls(of: gate)
    }
  }

  /// A watch has no deadline of its own: it ends with the gate that looks through it.
  private func polls(of gate: Gate) -> [Wait] {
    gate.sources.compactMap { source in
      if case .poll(let call) = source { Wait(what: "\(gate): \(call)", bound: call.deadline) } else { nil }
    }
  }

  private func waits(of question: Question, _ step: Step) -> [Wait] {
    switch question {
    case .run(let call): [Wait(what: "\(step.id): \(call)", bound: call.deadline)]
    case .injected(let injection, let target):
      [Wait(what: "\(step.id): \(target.get(injection))", bound: target.get(injection).deadline)]
    case .gate(let gate): polls(of: gate)
    case .file, .node, .reference, .step: []
    }
  }
}
