package import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
package import ZeroTouchRehearsal
package import ZeroTouchWorld

extension Hazards: WorldDisturbance {
  package func world(of scenario: Scenario, epoch: Date) throws -> World {
    var scenario = scenario
    for (index, delay) in late where scenario.machines.indices.contains(index) {
      scenario.machines[index].delay = delay
    }
    for (index, delay) in timeless where scenario.machines.indices.contains(index) {
      scenario.machines[index].timeDelay = delay
    }
    for (index, defect) in defects where scenario.machines.indices.contains(index) {
      scenario.machines[index].defect = defect
    }
    var world = try World.assembled(scenario, epoch: epoch)
    world.applicationFaults = applications
    for (image, pull) in slowImages.sorted(by: { $0.key < $1.key }) {
      world.containerFaults.set(.slow(pull: pull), imagePrefix: image)
    }
    for hazard in containers { world.containerFaults.set(hazard.fault, workload: hazard.workload) }
    world.server.establishing = definitions
    if isUnknownToStore { world.parameterAccount.unknown = "" }
    for (index, cluster) in foreign {
      guard scenario.machines.indices.contains(index), let address = IPAddress(scenario.machines[index].address)
      else { continue }
      world.occupy(address, with: try MachineConfiguration(text: cluster.workerConfiguration))
    }
    return world
  }

  package func errands(usually runner: any ErrandRunner) -> any ErrandRunner {
    repositoryFailure.map { FailingErrands(reason: $0) } ?? runner
  }

  package func play(on host: WorldHost, _ scenario: Scenario, _ clock: any Clock<Duration>) async {
    let time = RunClock(clock)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await playOutages(on: host, time) }
      group.addTask { await playIncidents(on: host, scenario, time) }
    }
  }

  /// Lets happen what happens in the world, moment for moment.
  func playIncidents(on host: WorldHost, _ scenario: Scenario, _ time: RunClock) async {
    let addresses = scenario.machines.compactMap { IPAddress($0.address) }
    for incident in incidents.sorted(by: { $0.at < $1.at }) where !incident.isOnLaptop {
      try? await time.sleep(for: incident.at - time.elapsed)
      guard !Task.isCancelled else { return }
      await host.withWorld { $0.meet(incident.kind, addresses) }
    }
  }

  /// Has the API server stop answering, again and again.
  func playOutages(on host: WorldHost, _ time: RunClock) async {
    for outage in outages.sorted(by: { $0.at < $1.at }) {
      try? await time.sleep(for: outage.at - time.elapsed)
      guard !Task.isCancelled else { return }
      await host.withWorld { $0.suspendAPI() }
      try? await time.sleep(for: outage.lasts)
      await host.withWorld { $0.resumeAPI() }
    }
  }
}

/// A repository server that answers every request with the same failure.
private struct FailingErrands: ErrandRunner {
  let reason: String

  func perform(_ errand: Errand) async -> ErrandResult { .failed(reason) }
}
