import Foundation
import ZeroTouchManifests
import ZeroTouchModel
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

  /// The same, with everything that happens at a moment so much later.
  func beginning(at start: Duration) -> Hazards {
    var later = self
    later.outages = outages.map { Outage(at: $0.at + start, lasts: $0.lasts) }
    later.incidents = incidents.map { Incident(after: $0.at + start, $0.kind) }
    return later
  }

  /// Lets happen what is the world's, moment for moment.
  func playIncidents(on host: WorldHost, _ scenario: Scenario, _ clock: SeededClock) async {
    let addresses = scenario.machines.compactMap { IPAddress($0.address) }
    for incident in incidents.sorted(by: { $0.at < $1.at }) {
      try? await clock.sleep(until: SeededClock.Instant(offset: incident.at), tolerance: nil)
      guard !Task.isCancelled else { return }
      if case .sleep(let duration) = incident.kind { clock.skip(duration) }
      await host.withWorld { $0.meet(incident.kind, addresses) }
    }
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
