import ZeroTouchModel
import ZeroTouchReadiness

extension StepPerformer {
  /// The gates that stand first, one behind the other.
  static func leadingGates(of operations: ArraySlice<Operation>) -> [Gate] {
    var gates: [Gate] = []
    for case .wait(let gate) in operations.prefix(while: \.isWait) { gates.append(gate) }
    return gates
  }

  /// Waits for gates one after the other, each with its own bound. What several of them watch stays watched all the
  /// while, instead of being listed anew for each.
  func wait(for gates: [Gate], of step: Step) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      if let held = Gate.holding(whatIsSharedBy: gates) {
        group.addTask { [keeper = environment.gates] in _ = try? await keeper.wait(for: held) }
      }
      for gate in gates {
        try Task.checkCancellation()
        try narrator.announce(.acting(step.id, "\(Operation.wait(gate))"))
        try await wait(for: gate, of: step)
      }
      group.cancelAll()
    }
  }

  func wait(for gate: Gate, of step: Step) async throws {
    do throws(GateError) {
      let start = clock.elapsed
      let answer = try await environment.gates.wait(for: gate) { [narrator] answer, elapsed in
        guard !answer.lets else { return }
        narrator.say(
          .waiting(
            step.id, gate: "\(gate)", reason: answer.reason, elapsed: elapsed, expected: step.expected.typical))
      }
      narrator.say(
        .passed(step.id, gate: "\(gate)", reason: answer.reason, elapsed: clock.elapsed - start))
    } catch {
      switch error {
      case .timedOut(let gate, let after, let last): throw StepFailure.timedOut(gate: gate, after: after, last: last)
      case .blocked(let gate, let reason): throw StepFailure.blocked(gate: gate, reason: reason)
      case .cancelled: throw CancellationError()
      }
    }
  }
}

extension Operation {
  fileprivate var isWait: Bool { if case .wait = self { true } else { false } }
}

extension Gate {
  /// A gate that never opens and keeps the watches alive that at least two of these gates look through; nil where
  /// there is none.
  fileprivate static func holding(whatIsSharedBy gates: [Gate]) -> Gate? {
    let uses = Dictionary(gates.flatMap { Set($0.sources) }.map { ($0, 1) }, uniquingKeysWith: +)
    var seen: Set<Source> = []
    let shared = gates.flatMap(\.sources).filter { source in
      uses[source, default: 0] > 1 && source.isWatch && seen.insert(source).inserted
    }
    guard !shared.isEmpty, let first = gates.first else { return nil }
    let bound = gates.reduce(Duration.zero) { $0 + $1.bound }
    return Gate(first.name, title: "what several gates watch", sources: shared, bound: bound) { _ in .waiting("") }
  }
}

extension Source {
  fileprivate var isWatch: Bool { if case .watch = self { true } else { false } }
}
