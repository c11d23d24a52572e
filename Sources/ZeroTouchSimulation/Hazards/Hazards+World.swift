import Foundation
import ZeroTouchRehearsal
import ZeroTouchWorld

extension Hazards {
  /// The world of a scenario, in which these things go wrong.
  func world(of scenario: Scenario, epoch: Date) throws -> World {
    var scenario = scenario
    for (index, delay) in late where scenario.machines.indices.contains(index) {
      scenario.machines[index].delay = delay
    }
    for (index, delay) in timeless where scenario.machines.indices.contains(index) {
      scenario.machines[index].timeDelay = delay
    }
    var world = try World.assembled(scenario, epoch: epoch)
    world.applicationFaults = applications
    for (image, pull) in slowImages.sorted(by: { $0.key < $1.key }) {
      world.containerFaults.set(.slow(pull: pull), imagePrefix: image)
    }
    return world
  }

  /// Has the API server stop answering, again and again.
  func playOutages(on host: WorldHost, _ clock: SeededClock) async {
    for outage in outages.sorted(by: { $0.at < $1.at }) {
      try? await clock.sleep(until: SeededClock.Instant(offset: outage.at), tolerance: nil)
      guard !Task.isCancelled else { return }
      await host.withWorld { $0.suspendAPI() }
      try? await clock.sleep(for: outage.lasts)
      await host.withWorld { $0.resumeAPI() }
    }
  }
}
