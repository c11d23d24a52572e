import ZeroTouchModel

extension GateKeeper {
  /// Waits until a gate opens or is skipped.
  ///
  /// - Parameter report: Called at each change of the answer and at each heartbeat, with the time since the start.
  /// - Throws: `GateError` when the bound passes, when the gate is blocked, or when the task is cancelled.
  package func wait(
    for gate: Gate, report: @escaping @Sendable (GateAnswer, Duration) -> Void = { _, _ in }
  ) async throws(GateError) -> GateAnswer {
    let stopwatch = Stopwatch(clock)
    let (id, signals) = register(gate)
    let answer = await withTaskGroup(of: Void.self) { group in
      group.addTask { [clock] in
        try? await clock.sleep(for: gate.bound)
        await self.signal(.boundReached, to: id)
      }
      group.addTask { [clock, pace] in
        while !Task.isCancelled {
          try? await clock.sleep(for: pace.heartbeat)
          await self.signal(.heartbeat, to: id)
        }
      }
      let answer = await follow(gate, id, signals) { report($0, stopwatch.elapsed) }
      group.cancelAll()
      return answer
    }
    await leave(id)
    return try answer.get()
  }

  private func follow(
    _ gate: Gate, _ id: Int, _ signals: AsyncStream<Signal>, report: (GateAnswer) -> Void
  ) async -> Result<GateAnswer, GateError> {
    var last: GateAnswer?
    for await signal in signals {
      guard !Task.isCancelled else { break }
      takeNotice(id)
      let answer = gate.judge(observations(of: gate))
      if answer != last || signal == .heartbeat { report(answer) }
      last = answer
      if answer.lets { return .success(answer) }
      if case .blocked(let reason) = answer { return .failure(.blocked(gate: "\(gate)", reason: reason)) }
      if let reason = refusal(of: gate) { return .failure(.blocked(gate: "\(gate)", reason: reason)) }
      if signal == .boundReached {
        return .failure(.timedOut(gate: "\(gate)", after: gate.bound, last: answer.reason))
      }
    }
    return .failure(.cancelled(gate: "\(gate)", last: gate.judge(observations(of: gate)).reason))
  }
}
