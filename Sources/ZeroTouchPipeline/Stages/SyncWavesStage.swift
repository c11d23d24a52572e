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
        probe: .gates([bootstrap.gates.applications]), action: Action(missing: gates.map { .wait($0) }),
        expected: expectation(bootstrap))
    ]
  }

  /// Wave after wave; inside one, Applications come up side by side, so the slowest counts.
  private static func expectation(_ bootstrap: Bootstrap) -> ExpectedDuration {
    bootstrap.applications.waves.reduce(ExpectedDuration()) { sum, wave in
      let own = ExpectedDuration(.applicationRefresh, .imagePull, .containerStart, .syncWaveDelay)
      // Crossplane's wave also brings its packages.
      return sum + (wave.names.contains { $0.contains("crossplane") } ? own.adding(.packageInstall) : own)
    }
  }
}
