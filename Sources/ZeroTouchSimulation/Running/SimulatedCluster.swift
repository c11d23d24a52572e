import Foundation
import Synchronization
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchReadiness
import ZeroTouchRehearsal
import ZeroTouchSecrets
import ZeroTouchTools
import ZeroTouchWorld

/// One world with its machines, and the runs of the pipeline on it, one after the other.
final class SimulatedCluster: Sendable {
  struct Last: Sendable {
    var attempts: [Simulation.Attempt] = []
    var fingerprint: [String: String] = [:]
    var etcdClusters = 0
    /// The cluster that a rebuild found; nil where there was none.
    var before: Former?
  }

  /// A cluster as it was before it was made anew.
  struct Former: Sendable {
    let secrets: Data?
    let fingerprint: [String: String]
    /// How many changes made it, and how many etcd clusters there were.
    let changes: Int
    let etcdClusters: Int
  }

  let ledger: Ledger
  private let course: Simulation.Course
  private let workspace: Workspace
  private let ground: SimulationGround
  private let seed: UInt64
  private let hazards: Hazards
  private let clock: SeededClock
  private let host: WorldHost
  private let state = Mutex(Last())
  /// What the runs have to conceal, which is the same for all of them.
  private let concealment = Concealment()
  /// When every simulated world begins: some day that never changes.
  private static let epoch = Date(timeIntervalSince1970: 1_767_225_600)
  /// How often somebody who is not stopped runs it again, before everything that goes wrong has an end.
  private static let patience = 3
  /// The number of the run that somebody else starts beside the first.
  private static let second = 90
  /// The number of the first run that makes what is to be rebuilt.
  private static let founding = 900
  /// When every rebuild is asked for.
  private static let moment = "2026-01-01T00:00:00Z"
  private static let folders = Mutex(0)

  init(
    _ ground: SimulationGround, seed: UInt64, hazards: Hazards, course: Simulation.Course, clock: SeededClock
  ) throws {
    let number = Self.folders.withLock { count in
      count += 1
      return count
    }
    workspace = Workspace(root: hazards.stateDirectory(usually: "\(ground.directory)/\(number)"))
    self.course = course
    ledger = Ledger(state: workspace.root)
    (self.ground, self.seed, self.hazards, self.clock) = (ground, seed, hazards, clock)
    host = WorldHost(
      try hazards.world(of: ground.scenario, epoch: Self.epoch), endpoint: APIEndpoint(port: 1, prefix: "simulated"),
      clock: clock, speed: 1, errands: hazards.errands(usually: ground.errands.runner(clock: clock)))
    try hazards.prepare(workspace)
  }

  var last: Last { state.withLock(\.self) }

  func remove() { workspace.remove() }

  /// What a program that starts now would do: what earlier ones left in the state directory counts.
  private static func plan(
    _ course: Simulation.Course, _ ground: SimulationGround, _ workspace: Workspace, _ hazards: Hazards
  ) -> BootstrapPlan {
    var bootstrap = ground.bootstrap.keepingState(in: workspace)
    bootstrap.neighbours = hazards.neighbours(of: workspace)
    bootstrap.renewals = Renewals(of: bootstrap.spec, in: workspace)
    switch course {
    case .bootstrap: return bootstrap.plan()
    case .rebuild: return bootstrap.rebuilding(at: moment).rebuildPlan
    case .replace(let name, _): return bootstrap.replacing(name, at: moment).replacementPlan
    }
  }

  /// Runs the pipeline as often as it takes, and once more on the finished cluster.
  func live() async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.host.run() }
      if self.course != .bootstrap { await self.found() }
      let time = RunClock(self.clock)
      group.addTask { await self.hazards.playOutages(on: self.host, time) }
      group.addTask { await self.hazards.playIncidents(on: self.host, self.ground.scenario, time) }
      group.addTask { await self.meetLaptop(time) }
      await runUntilDone()
      let (fingerprint, clusters) = await host.withWorld { ($0.fingerprint, $0.machines.clusterCount) }
      state.withLock {
        $0.fingerprint = fingerprint
        $0.etcdClusters = clusters
      }
      group.cancelAll()
    }
  }

  /// Makes in peace what is to be made anew, and forgets how.
  private func found() async {
    for number in Self.founding..<(Self.founding + Self.patience) where last.attempts.last?.isSuccess != true {
      await attempt(number, .lives, CallFaults(), course: .bootstrap).end()
    }
    let (fingerprint, clusters) = await host.withWorld { ($0.fingerprint, $0.machines.clusterCount) }
    state.withLock {
      $0.before = Former(
        secrets: workspace.contents(of: workspace.path("secrets.yaml")), fingerprint: fingerprint,
        changes: ledger.all.count, etcdClusters: clusters)
      $0.attempts = []
    }
    await killMachine()
  }

  /// Lets a machine die, and its provider start the rescue system; the cluster takes a while to miss it.
  private func killMachine() async {
    guard case .replace(let name, isDead: true) = course,
      let machine = ground.scenario.machines.first(where: { $0.name == name }),
      let address = IPAddress(machine.address)
    else { return }
    await host.withWorld { $0.startRescue(address) }
    try? await clock.sleep(for: .seconds(120))
  }

  private func runUntilDone() async {
    var programs: [SimulatedPrograms] = []
    let disturbed = hazards.fates + Array(repeating: .lives, count: Self.patience)
    for (number, fate) in disturbed.enumerated() {
      programs.append(await attempt(number, fate, hazards.calls))
      if last.attempts.last?.isSuccess == true { break }
      if fate == .lives, hazards.isShownOnce { break }
      if hazards.laptop == .stateLost { workspace.remove() }
      try? await clock.sleep(for: .seconds(5))
    }
    if last.attempts.last?.isSuccess != true, !hazards.isShownOnce {
      programs.append(await attempt(disturbed.count, .lives, CallFaults()))
    }
    if last.attempts.last?.isSuccess == true {
      programs.append(await attempt(disturbed.count + 1, .lives, CallFaults(), isSecondLook: true))
    }
    for started in programs { await started.end() }
  }

  /// Lets happen what happens to the laptop: it sleeps while everything else goes on, or somebody else starts the same
  /// there, which leaves the first run alone.
  private func meetLaptop(_ time: RunClock) async {
    for incident in hazards.incidents where incident.isOnLaptop {
      try? await time.sleep(for: incident.at - time.elapsed)
      guard !Task.isCancelled else { return }
      switch incident.kind {
      case .sleep(let duration):
        clock.skip(duration)
        // The world has gone on before anybody on the laptop wakes.
        await host.withWorld { _ in }
      default:
        let started = await attempt(Self.second, .lives, CallFaults())
        await started.end()
      }
    }
  }

  private func attempt(
    _ number: Int, _ fate: Fate, _ faults: CallFaults, isSecondLook: Bool = false, course: Simulation.Course? = nil
  ) async -> SimulatedPrograms {
    let lifeline = Lifeline(fate)
    let seed = seed &+ UInt64(number)
    let local = ground.tools.runner(state: workspace.root, clock: clock)
    let programs = SimulatedPrograms(
      InProcessTools(host: host, clock: clock, local: local), clock: clock, ledger: ledger, attempt: number,
      faults: faults, told: isSecondLook ? [] : hazards.told, dice: SeededGenerator(seed: seed ^ 0xD1CE))
    let failure = Failure()
    let plan = Self.plan(course ?? self.course, ground, workspace, hazards)
    let task = Task(executorPreference: clock) { [environment = environment(programs, lifeline), plan] in
      do throws(PipelineError) {
        _ = try await PipelineRunner(environment, seed: seed, holder: "simulated run \(number)").run(plan)
      } catch { failure.note(error) }
    }
    lifeline.holds(task) { programs.orphan() }
    await task.value
    let attempt = Simulation.Attempt(
      number: number, fate: fate, events: lifeline.events,
      error: lifeline.isKilled ? .interrupted(at: []) : failure.error,
      needs: Dictionary(plan.steps.map { ($0.id, $0.needs) }) { first, _ in first },
      isSecondLook: isSecondLook, secrets: workspace.contents(of: workspace.path("secrets.yaml")),
      orphans: lifeline.isKilled ? [] : programs.running)
    state.withLock { $0.attempts.append(attempt) }
    return programs
  }

  private func environment(_ programs: SimulatedPrograms, _ lifeline: Lifeline) -> PipelineEnvironment {
    PipelineEnvironment(
      tools: programs, gates: GateKeeper(tools: programs, clock: clock, executor: clock), clock: clock,
      workspace: workspace, secrets: ground.secrets.remembering(on: clock), concealment: concealment,
      report: { lifeline.note($0, at: $1) })
  }
}

/// Why a run ended.
private final class Failure: Sendable {
  private let held = Mutex<PipelineError?>(nil)
  var error: PipelineError? { held.withLock(\.self) }
  func note(_ error: PipelineError) { held.withLock { $0 = error } }
}

extension Simulation.Attempt {
  var isSuccess: Bool { error == nil }
}
