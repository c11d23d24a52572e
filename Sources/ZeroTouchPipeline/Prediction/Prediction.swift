package import ZeroTouchModel

/// How long a plan will take on real machines, from the declared durations of its steps and the graph between them.
/// The clock starts at the first command, with the machines in their rescue systems.
package struct Prediction: Sendable, Hashable {
  /// The slowest way through the graph.
  package struct Path: Sendable, Hashable {
    package struct Leg: Sendable, Hashable {
      package let step: StepID
      package let duration: Duration
      /// The part of it that programs on the laptop take.
      package let local: Duration
    }

    package let legs: [Leg]
    package var total: Duration { legs.reduce(.zero) { $0 + $1.duration } }
  }

  package let typical: Path
  package let pessimistic: Path
  /// Steps on the critical path whose figures nobody has measured.
  package let unverified: [StepID]

  package init(of plan: BootstrapPlan) {
    typical = Self.criticalPath(plan) { $0.expected.typical }
    pessimistic = Self.criticalPath(plan) { $0.expected.pessimistic }
    let unsourced = Set(plan.steps.filter { !$0.expected.isSourced }.map(\.id))
    unverified = typical.legs.map(\.step).filter(unsourced.contains)
  }

  private static func criticalPath(_ plan: BootstrapPlan, _ duration: (Step) -> Duration) -> Path {
    var finish: [StepID: Duration] = [:]
    var before: [StepID: StepID] = [:]
    for step in plan.inTime {
      let slowest = (step.needs + step.expectedAfter).filter { finish[$0] != nil }.max { left, right in
        (finish[left] ?? .zero, right) < (finish[right] ?? .zero, left)
      }
      before[step.id] = slowest
      finish[step.id] = (slowest.flatMap { finish[$0] } ?? .zero) + duration(step)
    }
    var legs: [Path.Leg] = []
    var next = finish.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    while let id = next, let step = plan[id] {
      legs.append(Path.Leg(step: id, duration: duration(step), local: step.expected.local))
      next = before[id]
    }
    return Path(legs: legs.reversed())
  }
}

extension Prediction {
  /// A budget that the typical prediction does not meet, and where the time goes.
  package struct Excess: Sendable, Hashable {
    package let budget: Duration
    package let predicted: Duration
    /// The steps of the critical path that together make up the excess, slowest first.
    package let blame: [Path.Leg]

    package var text: String {
      let steps = blame.map { "`\($0.step)` \($0.duration.inWords)" }.joined(separator: ", ")
      return "the predicted \(predicted.inWords) exceed the budget of \(budget.inWords)\n  most of it: \(steps)"
    }
  }

  /// What to blame where the typical prediction exceeds the budget; nil where it fits.
  package func exceeds(_ budget: Duration) -> Excess? {
    guard typical.total > budget else { return nil }
    let slowest = typical.legs.sorted { ($1.duration, $0.step) < ($0.duration, $1.step) }
    var blame: [Path.Leg] = []
    var gathered = Duration.zero
    for leg in slowest where gathered < typical.total - budget || blame.count < 3 {
      guard leg.duration > .zero else { break }
      blame.append(leg)
      gathered += leg.duration
    }
    return Excess(budget: budget, predicted: typical.total, blame: blame)
  }

  package var text: String {
    let path = typical.legs.filter { $0.duration > .zero }.map { "\($0.step) \($0.duration.inWords)" }
    var lines = [
      "predicted on real machines: \(typical.total.inWords), at worst \(pessimistic.total.inWords)",
      "critical path: \(path.joined(separator: " → "))",
    ]
    if !unverified.isEmpty {
      lines.append("figures without a source: \(unverified.map(\.description).joined(separator: ", "))")
    }
    return lines.joined(separator: "\n")
  }

  package var json: JSONValue {
    func value(_ path: Path) -> JSONValue {
      let legs = path.legs.map { leg -> JSONValue in
        [
          "step": .string(leg.step.description), "seconds": .double(leg.duration.inSeconds),
          "localSeconds": .double(leg.local.inSeconds),
        ]
      }
      return ["seconds": .double(path.total.inSeconds), "criticalPath": .array(legs)]
    }
    return [
      "typical": value(typical), "pessimistic": value(pessimistic),
      "unverified": .array(unverified.map { .string($0.description) }),
    ]
  }
}
