package import Foundation
package import ZeroTouchWorld

/// What goes wrong in a world: what is otherwise when it begins, and what happens in it by and by.
package protocol WorldDisturbance: Sendable {
  /// The world of a scenario, in which these things go wrong.
  func world(of scenario: Scenario, epoch: Date) throws -> World
  /// Who renders what Argo CD asks for.
  func errands(usually runner: any ErrandRunner) -> any ErrandRunner
  /// Lets happen what happens at a moment, on a clock that shows the world's time.
  func play(on host: WorldHost, _ scenario: Scenario, _ clock: any Clock<Duration>) async
}
