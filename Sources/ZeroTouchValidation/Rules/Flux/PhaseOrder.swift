/// The phases of a bootstrap by what they have to do with definitions.
struct PhaseOrder {
  /// Those that bring the definitions.
  let first: [FluxPhase]
  /// Those that wait for them, directly or not.
  let later: [FluxPhase]
  /// Those that neither wait for them nor are waited for by them.
  let apart: [FluxPhase]

  init(_ phases: [FluxPhase]) {
    let first = phases.filter(\.isForDefinitions)
    let names = Set(first.map(\.name))
    let before = Set(first.flatMap { $0.waits(for: phases) })
    self.first = first
    guard !first.isEmpty else {
      (later, apart) = ([], [])
      return
    }
    let others = phases.filter { !$0.isForDefinitions }
    let waiting = others.map { !names.isDisjoint(with: $0.waits(for: phases)) }
    later = zip(others, waiting).filter(\.1).map(\.0)
    // Flux brings its own definitions, and a root brings phases, not objects. Of several clusters in one tree, whose
    // phases have the same names, nobody can tell which belong together.
    let isOneCluster = Set(phases.map(\.name)).count == phases.count
    apart = zip(others, waiting).filter { phase, waits in
      isOneCluster && !waits && !before.contains(phase.name) && phase.name != "flux-system"
        && !phase.objects.contains { $0.group == "kustomize.toolkit.fluxcd.io" }
    }.map(\.0)
  }
}
