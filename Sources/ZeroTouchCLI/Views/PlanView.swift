import ZeroTouchModel
import ZeroTouchPipeline

/// A plan for people: every step with its needs, what it would run, and the gates it would wait for.
enum PlanView {
  static func text(_ plan: BootstrapPlan, _ prediction: Prediction, sightings: [StepID: Observation] = [:]) -> String {
    let steps = plan.inOrder.map { step in self.step(step, sightings[step.id]) }
    return steps.joined(separator: "\n\n") + "\n\n" + prediction.text
  }

  private static func step(_ step: Step, _ seen: Observation?) -> String {
    var lines = ["\(step.id): \(step.title)"]
    if let seen { lines.append("  now    \(seen)") }
    if !step.needs.isEmpty {
      lines.append("  needs  \(step.needs.sorted().map(\.description).joined(separator: ", "))")
    }
    if step.expected.typical > .zero {
      lines.append("  takes  about \(step.expected.typical.inWords), at worst \(step.expected.pessimistic.inWords)")
    }
    lines += step.probe.questions.map { "  looks  \($0)" }
    lines += step.action.operations.map { "  does   \($0)" }
    return lines.joined(separator: "\n")
  }

  static func json(_ plan: BootstrapPlan, _ prediction: Prediction, sightings: [StepID: Observation] = [:]) -> JSONValue
  {
    let steps = plan.inOrder.map { step -> JSONValue in
      var value = step.json
      if let seen = sightings[step.id] {
        value["now"] = ["state": .string(seen.state.rawValue), "saw": .string(seen.saw)]
      }
      return value
    }
    return ["cluster": .string(plan.cluster), "steps": .array(steps), "prediction": prediction.json]
  }
}
