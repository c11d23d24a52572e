import Synchronization
package import ZeroTouchRehearsal
import ZeroTouchWorld

/// What Argo CD's repository server renders, remembered: the repository does not change between simulated runs.
package final class RememberedErrands: Sendable {
  private let runner: any ErrandRunner
  private let known = Mutex<[Errand.Work: ErrandResult]>([:])

  package init(_ runner: any ErrandRunner) { self.runner = runner }

  /// The same for a world whose time is kept by a clock.
  package func runner(clock: SeededClock) -> any ErrandRunner { Runner(remembered: self, clock: clock) }

  private struct Runner: ErrandRunner {
    let remembered: RememberedErrands
    let clock: SeededClock

    func perform(_ errand: Errand) async -> ErrandResult {
      if let result = remembered.known.withLock({ $0[errand.work] }) { return result }
      let result = await clock.holding { await remembered.runner.perform(errand) }
      remembered.known.withLock { $0[errand.work] = result }
      return result
    }
  }
}
