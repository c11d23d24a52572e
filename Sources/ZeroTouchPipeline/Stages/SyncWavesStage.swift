import ZeroTouchManifests
import ZeroTouchModel

/// Follows Argo CD's sync waves until every Application that Git expects is Synced and Healthy.
package enum SyncWavesStage: Stage {
  package static let name = "sync-waves"

  package static func steps(of bootstrap: Bootstrap) -> [Step] {
    let gates = bootstrap.gates.waves
    return [
      Step(
        id, "wait for \(bootstrap.applications.applications.count) Applications", needs: [RootApplicationStage.id],
        probe: .gates([bootstrap.gates.applications, bootstrap.gates.rootApplication] + bootstrap.gates.announcements),
        action: Action(missing: gates.map { .wait($0) }),
        expected: expectation(bootstrap),
        // Where workers exist, control planes keep their taint, and what Argo CD brings has nowhere else to run.
        expectedAfter: bootstrap.spec.workers.map(JoinWorkerStage.id))
    ]
  }

  /// Wave after wave; inside one, Applications come up side by side, so the slowest counts.
  private static func expectation(_ bootstrap: Bootstrap) -> ExpectedDuration {
    bootstrap.applications.waves.reduce(ExpectedDuration(.applicationRefresh)) { sum, wave in
      let arrivals = wave.applications.reduce(into: Set<Arrival>()) { $0.formUnion($1.arrivals) }
      return Arrival.allCases.filter(arrivals.contains).reduce(sum.adding(.applicationRefresh)) {
        $0 + duration(of: $1)
      }
    }
  }

  private static func duration(of arrival: Arrival) -> ExpectedDuration {
    switch arrival {
    case .containers: ExpectedDuration(.syncWaveDelay, .imagePull, .containerStart)
    case .packages: ExpectedDuration(.packageInstall)
    case .externalSecrets: ExpectedDuration(.secretSync)
    }
  }
}
