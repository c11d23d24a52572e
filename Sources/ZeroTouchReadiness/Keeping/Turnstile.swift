/// Lets a limited number of tasks through at a time, in the order of their coming.
actor Turnstile {
  private let width: Int
  private let executor: (any TaskExecutor)?
  private var inside = 0
  private var queue: [(ticket: Int, pass: CheckedContinuation<Bool, Never>)] = []
  private var nextTicket = 0

  init(width: Int, executor: (any TaskExecutor)?) {
    self.width = width
    self.executor = executor
  }

  /// Performs `body` when it is its turn; nil when the task is cancelled while it waits.
  func pass<Result: Sendable>(_ body: @Sendable () async -> Result) async -> Result? {
    guard await enter() else { return nil }
    let result = await body()
    leave()
    return result
  }

  private func enter() async -> Bool {
    guard !Task.isCancelled else { return false }
    if inside < width {
      inside += 1
      return true
    }
    let ticket = nextTicket
    nextTicket += 1
    return await withTaskCancellationHandler {
      await withCheckedContinuation { queue.append((ticket, $0)) }
    } onCancel: {
      // The handler runs outside of the actor, so the ticket is taken back in a task of its own.
      Task(executorPreference: executor) { await self.giveUp(ticket) }
    }
  }

  private func leave() {
    if queue.isEmpty { inside -= 1 } else { queue.removeFirst().pass.resume(returning: true) }
  }

  private func giveUp(_ ticket: Int) {
    guard let index = queue.firstIndex(where: { $0.ticket == ticket }) else { return }
    queue.remove(at: index).pass.resume(returning: false)
  }
}
