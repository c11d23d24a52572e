import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchReadiness

/// Looks at everything once more and changes nothing: every Application, every gate, every injected Secret.
package enum ValidateStage: Stage {
  package static let name = "validate"

  package static func steps(of bootstrap: Bootstrap) -> [Step] {
    let rows = InjectionTable.rows(for: bootstrap.spec)
    let gates = bootstrap.gates.final
    let questions = gates.map { Question.gate($0) } + rows.map { InjectSecretsStage.question($0, bootstrap) }
    let subjects = gates.map { "`\($0)`" } + rows.map { "the Secret `\($0.namespace)/\($0.name)`" }
    return [
      Step(
        id, "look at the whole cluster once more",
        needs: [HandoverStage.id] + bootstrap.spec.workers.map { JoinWorkerStage.id($0) },
        probe: Probe(questions, asksAll: true) { answers in
          answers.count == questions.count ? judge(answers, subjects) : nil
        },
        action: Action(missing: [], different: .refuse("`zerotouch status` shows each stage")),
        expected: ExpectedDuration(.localTool), severity: .verdict)
    ]
  }

  private static func judge(_ answers: [Answer], _ subjects: [String]) -> Observation {
    let problems = zip(subjects, answers).compactMap { subject, answer -> Diagnostic? in
      switch answer {
      case .gate(let seen) where seen.lets: nil
      case .observation(let seen) where seen.state == .done: nil
      default: Diagnostic("\(subject): \(answer.complaint)", remedy: remedy(for: answer))
      }
    }
    if problems.isEmpty { return .done("\(subjects.count) gates and Secrets are as they should be") }
    return .different(problems.map(\.message).joined(separator: "; "), problems: problems)
  }

  private static func remedy(for answer: Answer) -> String {
    if case .observation = answer { return "put it back with `zerotouch inject-secrets`" }
    return "run `zerotouch bootstrap` again, or see to the cause named here"
  }
}
