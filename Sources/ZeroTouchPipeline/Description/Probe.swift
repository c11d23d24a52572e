package import Foundation
package import ZeroTouchManifests
package import ZeroTouchModel
package import ZeroTouchReadiness
package import ZeroTouchTools

/// How a step learns what the world has: questions that only read, and a pure judgement of the answers.
///
/// The questions are asked in order and only as far as needed: after each answer `judge` sees all answers so far and
/// returns nil to have the next question asked.
package struct Probe: Sendable {
  package let questions: [Question]
  package let judge: @Sendable ([Answer]) -> Observation?
  /// Whether every answer is needed, so that all questions may be asked side by side.
  package let asksAll: Bool

  package init(
    _ questions: [Question], asksAll: Bool = false, judge: @escaping @Sendable ([Answer]) -> Observation?
  ) {
    self.questions = questions
    self.asksAll = asksAll
    self.judge = judge
  }

  /// The judgement once every question was asked; a probe that stays silent has seen something it did not expect.
  package func conclude(_ answers: [Answer]) -> Observation {
    judge(answers) ?? .different("an answer that was not expected")
  }
}

/// One question of a probe; none of them changes anything.
package enum Question: Sendable {
  case run(ToolInvocation)
  /// The contents of a file of the workspace, the repository or the cache.
  case file(String)
  case gate(Gate)
  /// What the cluster knows of a node; all who ask at the same time share one list.
  case node(String, by: Kubectl)
  /// Whether a reference can be resolved; the value stays unseen.
  case reference(SecretReference)
  /// Whether the cluster holds exactly what is to be injected.
  case injected(SecretInjection, InjectionTarget)
  /// What another step saw in this run.
  case step(StepID)
}

/// What came back.
package enum Answer: Sendable, Hashable {
  case output(ToolOutput)
  case failed(ToolError)
  case contents(Data)
  case absent(String)
  case gate(GateAnswer)
  /// A node as the cluster has it; nil where it was looked for and does not exist.
  case node(Sight<ObservedNode?>)
  case observation(Observation)
}

extension Answer {
  /// The output of a program that ended with status 0.
  package var success: ToolOutput? { if case .output(let output) = self, output.status == 0 { output } else { nil } }

  /// The contents of a file; nil where there is none.
  package var contents: Data? { if case .contents(let data) = self { data } else { nil } }

  /// What the program printed on standard error; empty where it did not run.
  package var errorText: String { if case .output(let output) = self { output.errorText } else { "" } }

  /// Why there is no good answer: the program's own words.
  package var complaint: String {
    switch self {
    case .output(let output): output.status == 0 ? "" : output.complaint
    case .failed(let error): error.description
    case .contents: ""
    case .absent(let reason): reason
    case .gate(let answer): answer.reason
    case .node(let seen): seen.judged { $0.map { .waiting($0.complaint) } ?? .waiting("no such node") }.reason
    case .observation(let observation): observation.saw
    }
  }
}

extension ToolOutput {
  /// The error text in one line, or the status where there is none.
  package var complaint: String {
    errorText.inOneLine.isEmpty ? "exit status \(status)" : errorText.inOneLine
  }
}

extension Probe {
  /// Asks gates in order; the first one that is closed is what was seen, or what all of them say.
  package static func gates(_ gates: [Gate]) -> Self {
    Probe(gates.map { .gate($0) }) { answers in
      guard case .gate(let last) = answers.last else { return nil }
      if !last.lets { return .missing(last.reason) }
      guard answers.count == gates.count else { return nil }
      // Each may be open with something to say, such as fewer operators than wanted.
      let reasons = answers.compactMap { if case .gate(let answer) = $0 { answer.reason } else { nil } }
      return .done(reasons.joined(separator: "; "))
    }
  }
}
