import Foundation
import Synchronization
import ZeroTouchModel
import ZeroTouchReadiness
import ZeroTouchSecrets
import ZeroTouchTools

/// Asks a step's probe. It only reads: a question that would change anything is a defect and is not asked.
struct StepProber: Sendable {
  let performer: StepPerformer
  let sightings: Sightings

  /// Asks as far as the probe wants to know.
  func observe(_ step: Step) async throws -> Observation {
    if step.probe.asksAll { return step.probe.conclude(try await askAll(step.probe.questions)) }
    var answers: [Answer] = []
    for question in step.probe.questions {
      if let seen = step.probe.judge(answers) { return seen }
      try Task.checkCancellation()
      answers.append(try await ask(question))
    }
    try Task.checkCancellation()
    return step.probe.conclude(answers)
  }

  /// Asks all questions side by side; the answers come in the order of the questions.
  private func askAll(_ questions: [Question]) async throws -> [Answer] {
    let answers = try await questions.mapSideBySide { try await ask($0) }
    try Task.checkCancellation()
    return answers
  }

  private func ask(_ question: Question) async throws -> Answer {
    let environment = performer.environment
    switch question {
    case .run(let invocation): return try await performer.ask(invocation)
    case .file(let path):
      return environment.workspace.contents(of: path).map { .contents($0) } ?? .absent("`\(path)` does not exist")
    case .gate(let gate): return .gate(await environment.gates.ask(gate))
    case .node(let name, let kubectl):
      let seen = await environment.gates.look(at: [.watch(ObservedNode.self, by: kubectl)])
      return .node(seen.object(ObservedNode.self, .cluster, named: name, by: kubectl))
    case .reference(let reference):
      return .observation(try await resolvable(reference))
    case .injected(let injection, let target):
      let secret = InjectedSecret(injection: injection, target: target, performer: performer)
      return .observation(try await secret.compare().observation)
    case .step(let id): return sightings[id].map { .observation($0) } ?? .absent("nobody looked yet")
    }
  }

  private func resolvable(_ reference: SecretReference) async throws -> Observation {
    do { _ = try await performer.resolve(reference) } catch StepFailure.secret(let error) {
      try Task.checkCancellation()
      let problem = Diagnostic(
        "the secret `\(reference)` cannot be read: \(error.reason)", remedy: error.remedy)
      return Observation(.missing, error.reason, problems: [problem])
    }
    return Observation(
      .done, "it can be read", problems: await performer.environment.secrets.warnings(about: reference))
  }
}

/// What each step's probe saw last in this run.
final class Sightings: Sendable {
  private let seen = Mutex<[StepID: Observation]>([:])

  subscript(id: StepID) -> Observation? { seen.withLock { $0[id] } }

  func note(_ observation: Observation, of id: StepID) { seen.withLock { $0[id] = observation } }
}
