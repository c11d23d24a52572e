import Foundation
import Synchronization
import ZeroTouchPipeline
import ZeroTouchRehearsal
import ZeroTouchTools

/// All programs that one simulated pipeline process starts, with what goes wrong on the way to them and back.
final class SimulatedPrograms: ToolRunner {
  private struct State {
    var isKilled = false
    var started: [SimulatedProgram] = []
    var dice: SeededGenerator
    var told: ToldHazards
  }

  private let tools: InProcessTools
  private let clock: SeededClock
  private let ledger: Ledger
  private let attempt: Int
  private let faults: CallFaults
  private let state: Mutex<State>

  init(
    _ tools: InProcessTools, clock: SeededClock, ledger: Ledger, attempt: Int, faults: CallFaults,
    told: [CallHazard] = [], dice: SeededGenerator
  ) {
    self.tools = tools
    self.clock = clock
    self.ledger = ledger
    self.attempt = attempt
    self.faults = faults
    state = Mutex(State(dice: dice, told: ToldHazards(told)))
  }

  func run(
    _ invocation: ToolInvocation, observing: @escaping @Sendable (OutputChunk) -> Void
  ) async throws(ToolError) -> ToolOutput {
    guard !Task.isCancelled, !state.withLock({ $0.isKilled }) else { throw .cancelled(invocation) }
    let effect = effect(on: invocation)
    switch effect {
    case .refused(let output): return output
    case .hangs: try await hang(invocation)
    case .slow(let pause): try? await clock.sleep(for: pause)
    case .replyLost, .closes, nil: break
    }
    let program = SimulatedProgram(invocation)
    state.withLock { $0.started.append(program) }
    let number = ledger.begin(invocation, attempt: attempt, isReplyLost: effect?.losesReply ?? false)
    program.start(on: clock) { [tools, ledger] in
      do throws(ToolError) {
        let output = try await tools.run(invocation, observing: observing)
        ledger.end(number, status: output.status)
        return .success(output)
      } catch { return .failure(error) }
    }
    if case .closes(let after, let text) = effect {
      Task(executorPreference: clock) { [clock] in
        try? await clock.sleep(for: after)
        observing(.standardOutput(Data(text.utf8)))
        program.close()
      }
    }
    let answer = await program.answer()
    if Task.isCancelled { throw .cancelled(invocation) }
    if case .replyLost(let output) = effect, case .success = answer { return output }
    return try answer.get()
  }

  private func effect(on invocation: ToolInvocation) -> CallEffect? {
    let now = clock.now.offset
    return state.withLock { state in
      state.told.effect(on: invocation, at: now) ?? faults.draw(for: invocation, &state.dice)
    }
  }

  private func hang(_ invocation: ToolInvocation) async throws(ToolError) {
    let deadline = invocation.deadline ?? CallHazard.ever
    do { try await clock.sleep(for: deadline) } catch { throw .cancelled(invocation) }
    throw .timedOut(invocation, after: deadline)
  }

  /// The command lines of those that have not ended.
  var running: [String] { state.withLock { $0.started }.filter(\.isRunning).map { "\($0.invocation)" } }

  /// Their parent is killed: some of them die with it, the others go on.
  func orphan() {
    let programs = state.withLock { state in
      state.isKilled = true
      return state.started.map { ($0, Bool.random(using: &state.dice)) }
    }
    for (program, goesOn) in programs { program.orphan(goesOn: goesOn) }
  }

  /// Ends what still runs, and waits until it has.
  func end() async {
    let programs = state.withLock { $0.started }
    for program in programs { program.end() }
    for program in programs { await program.ended() }
  }
}
