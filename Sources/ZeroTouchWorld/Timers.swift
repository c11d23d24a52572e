/// The moments the world's controllers wait for, in virtual time since the world began.
package struct Timers: Sendable {
  private var pending: [(due: Duration, order: Int, timer: Timer)] = []
  private var order = 0
  private var armed: Set<Timer> = []

  package init() {}

  /// When the next one is due.
  package var next: Duration? { pending.last?.due }

  package func isPending(_ timer: Timer) -> Bool { armed.contains(timer) }

  /// Starts a timer; one that runs already keeps its time.
  package mutating func start(_ timer: Timer, at due: Duration) {
    guard armed.insert(timer).inserted else { return }
    order += 1
    // Latest first, so that taking the next one is cheap.
    let index = pending.partition(where: { $0.due > due })
    pending.insert((due, order, timer), at: index)
  }

  package mutating func cancel(_ timer: Timer) {
    guard armed.remove(timer) != nil else { return }
    pending.removeAll { $0.timer == timer }
  }

  /// Forgets every timer but those of one controller.
  package mutating func cancelAll(but controller: String) {
    pending.removeAll { $0.timer.controller != controller }
    armed = armed.filter { $0.controller == controller }
  }

  /// Takes the next timer that is due at the instant.
  package mutating func take(dueBy instant: Duration) -> (due: Duration, timer: Timer)? {
    guard let last = pending.last, last.due <= instant else { return nil }
    pending.removeLast()
    armed.remove(last.timer)
    return (last.due, last.timer)
  }
}

extension Array {
  /// The index of the first element that does not satisfy the predicate, in an array partitioned by it.
  fileprivate func partition(where inFront: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if inFront(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
