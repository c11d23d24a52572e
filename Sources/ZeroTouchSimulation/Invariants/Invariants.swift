import ZeroTouchModel
import ZeroTouchPipeline

/// The promises that hold for every bootstrap, whatever goes wrong on the way.
struct Invariants: Sendable {
  let attempts: [Simulation.Attempt]
  let ledger: [Ledger.Entry]
  let ending: SeededClock.Ending
  /// How many etcd clusters there ever were.
  let etcdClusters: Int
  /// Whether a run that nothing disturbs is to come to its end.
  var mustConverge = true
  /// What a rebuild found; nil where there was nothing.
  var before: SimulatedCluster.Former?
  /// What the world looks like at the end.
  var fingerprint: [String: String] = [:]

  var violations: [Violation] {
    isBounded + converges + startsNothingTooEarly + bootstrapsEtcdOnce + changesNothingAfterSuccess
      + repeatsNoChange + keepsSecrets + leavesNoOrphans + bringsBackWhatWasThere
  }

  private func violation(_ promise: String, _ seen: [String]) -> [Violation] {
    seen.isEmpty ? [] : [Violation(promise: promise, seen: seen.prefix(3).joined(separator: "; "))]
  }

  private var isBounded: [Violation] {
    switch ending {
    case .done: []
    case .stalled(let moment): violation("every wait ends", ["nothing happened any more after \(moment.inWords)"])
    case .overdue(let moment): violation("every wait has a bound", ["it was still waiting after \(moment.inWords)"])
    }
  }

  private var converges: [Violation] {
    guard mustConverge, ending == .done, let last = attempts.last(where: { !$0.isSecondLook }) else { return [] }
    return violation("an undisturbed run converges", last.error.map { ["\($0)"] } ?? [])
  }

  /// Nothing starts before what it needs has ended well in the same run.
  private var startsNothingTooEarly: [Violation] {
    var early: [String] = []
    for attempt in attempts {
      var good: Set<StepID> = []
      let needs = attempt.needs
      for (event, _) in attempt.events {
        switch event {
        case .started(let id, _, _):
          let missing = (needs[id] ?? []).filter { needs[$0] != nil && !good.contains($0) }
          early += missing.map { "`\(id)` began before `\($0)` had ended" }
        case .ended(let id, .made, _), .ended(let id, .found, _): good.insert(id)
        default: break
        }
      }
    }
    return violation("no step runs before its needs", early)
  }

  private var bootstrapsEtcdOnce: [Violation] {
    let calls = changes.filter { $0.words.hasPrefix("talosctl ") && $0.words.hasSuffix(" bootstrap") && $0.status == 0 }
    let seen = calls.count > 1 ? ["\(calls.count) calls of `talosctl bootstrap` succeeded"] : []
    return violation(
      "etcd is bootstrapped at most once", seen + (founded > 1 ? ["there are \(founded) etcd clusters"] : []))
  }

  private var founded: Int { etcdClusters - (before?.etcdClusters ?? 0) }

  /// The changes since the cluster that a rebuild found was made.
  private var changes: ArraySlice<Ledger.Entry> { ledger.dropFirst(before?.changes ?? 0) }

  /// A rebuilt cluster is the one that was there.
  private var bringsBackWhatWasThere: [Violation] {
    guard let before, attempts.last?.error == nil else { return [] }
    return CrashMatrix.differences(before.fingerprint, fingerprint, breaking: "a rebuild brings back what was there")
  }

  private var changesNothingAfterSuccess: [Violation] {
    let second = Set(attempts.filter(\.isSecondLook).map(\.number))
    return violation(
      "a second run changes nothing", changes.filter { second.contains($0.attempt) }.map { "`\($0.words)`" })
  }

  /// What had taken effect in one run is not done again in another.
  private var repeatsNoChange: [Violation] {
    let effective = changes.filter { $0.status == 0 && !$0.isReplyLost }
    let runs = Dictionary(grouping: effective, by: \.words).mapValues { Set($0.map(\.attempt)) }
    return violation(
      "no change that took effect is made again",
      runs.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map { "`\($0.key)` in runs \($0.value.sorted())" })
  }

  private var keepsSecrets: [Violation] {
    let bundles = [before?.secrets].compactMap(\.self) + attempts.compactMap(\.secrets)
    return violation("secrets are made once", Set(bundles).count > 1 ? ["the bundle changed between two runs"] : [])
  }

  /// Whatever a run has started has ended with it, unless it was killed.
  private var leavesNoOrphans: [Violation] {
    violation("no program outlives its run", attempts.flatMap(\.orphans))
  }
}
