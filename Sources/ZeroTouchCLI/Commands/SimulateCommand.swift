import ArgumentParser
import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchRehearsal
import ZeroTouchSimulation

/// `zerotouch simulate`.
struct SimulateCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Bootstrap thousands of embedded clusters in virtual time, and break them on the way.",
    discussion: """
      A run is one order in which things happen, and what goes wrong in it; its seed makes it happen again. After each,
      promises are checked that hold for every bootstrap, and one that is broken ends the command with status 1.

      EXAMPLES
        zerotouch simulate --runs 100
        zerotouch simulate --seed 17 --events ndjson    one run again, with all it said
        zerotouch simulate --crash-matrix               killed at every position of the journal
        zerotouch simulate --rebuild --crash-matrix     a rebuild, killed at every position
        zerotouch simulate --replace cp03 --dead --nodes control-plane=3,workers=2
        zerotouch simulate --faults                     every fault that is rehearsed, and how the run ends
        zerotouch simulate --fault disk-twins --events ndjson
      """)

  @Option(name: .long, help: "How many runs.")
  var runs = 1

  @Option(name: .long, help: "The seed of the first run; each of the others has the next one.")
  var seed: UInt64 = 0

  @Flag(name: .long, help: "Let nothing go wrong; only the order differs.")
  var calm = false

  @Option(
    name: .long,
    help: "Kill the first run of the pipeline at this position of its journal, and let nothing else go wrong.")
  var killAt: Int?

  @Flag(name: .long, help: "Kill at every position of the journal, each in a cluster of its own.")
  var crashMatrix = false

  @Flag(name: .long, help: "Rebuild clusters that were bootstrapped in peace, instead of bootstrapping them.")
  var rebuild = false

  @Option(name: .long, help: "Replace this node of clusters that were bootstrapped in peace.")
  var replace: String?

  @Flag(name: .long, help: "With --replace: the node is dead, and its machine waits in its rescue system.")
  var dead = false

  @Flag(name: .long, help: "Meet every fault of docs/faults.md, each in a cluster of its own.")
  var faults = false

  @Option(name: .long, help: "Meet one of those faults.")
  var fault: String?

  @Option(name: .long, help: "How many clusters side by side.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Option(
    name: .long,
    help: "The machines (default: \(NodeCounts(workers: 2).text)); a fault brings its own.")
  var nodes: NodeCounts?

  @Flag(name: .long, help: "With every Application of the repository, not only the core of the platform.")
  var wholePlatform = false

  @OptionGroup var repository: RepositoryOptions
  @OptionGroup var events: EventOptions

  func validate() throws {
    if let replace, !counts.nodes.contains(where: { $0.name == replace }) {
      throw ValidationError("--replace names no machine of --nodes \(counts.text)")
    }
    if nodes != nil, faults || fault != nil {
      throw ValidationError("a fault brings the machines that it needs: leave --nodes out")
    }
    if dead, replace == nil { throw ValidationError("--dead says how a node is replaced: name it with --replace") }
    if rebuild, replace != nil { throw ValidationError("--rebuild and --replace are two courses: take one") }
    guard runs > 0, jobs > 0 else { throw ValidationError("--runs and --jobs take a number from 1") }
  }

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let layout = try repository.layout(in: environment)
    let directory = try RehearsalGround.makeDirectory(in: Self.place(environment))
    defer { try? FileManager.default.removeItem(atPath: directory) }
    if faults { return try await meet(FaultTable.all, from: layout, in: directory, environment) }
    if let fault { return try await meet([try Self.fault(named: fault)], from: layout, in: directory, environment) }
    let ground = try await ground(counts, from: layout, in: directory, environment)
    return crashMatrix ? try await matrix(on: ground, environment) : try await simulate(on: ground, environment)
  }

  private var counts: NodeCounts { nodes ?? NodeCounts(workers: 2) }

  /// What all runs on so many machines share.
  func ground(
    _ counts: NodeCounts, from layout: RepositoryLayout, in directory: String, _ environment: LiveEnvironment
  ) async throws -> SimulationGround {
    var spec = ClusterSpec.rehearsed(counts, repository: try layout.readRepository())
    spec.secrets.aws = try layout.readParameterStore()?.usualReferences(hasSessionToken: false)
    let ground = try await SimulationGround.prepare(
      spec, from: layout, onlyCore: !wholePlatform, in: directory, environment)
    // Programs that only work on files are started once; afterwards nothing outside can change what happens.
    _ = try await Simulation(ground, seed: 0).run()
    return ground
  }

  private var course: Simulation.Course {
    if let replace { return .replace(replace, isDead: dead) }
    return rebuild ? .rebuild : .bootstrap
  }

  /// The arguments that choose it.
  private var courseWords: [String] {
    (rebuild ? ["--rebuild"] : []) + (replace.map { ["--replace \($0)"] } ?? []) + (dead ? ["--dead"] : [])
  }

  private static func fault(named name: String) throws -> Fault {
    if let fault = FaultTable.named(name) { return fault }
    throw Refusal(
      .inputWrong, "no fault is called `\(name)`",
      remedy: "name one of \(FaultTable.all.map(\.name).joined(separator: ", "))")
  }

  /// In memory, unless somebody says where: thousands of runs write a journal each, and synchronise every line of it.
  private static func place(_ environment: LiveEnvironment) -> String {
    let usual = FileManager.default.temporaryDirectory.path
    let memory = "/dev/shm"
    guard environment.variables["TMPDIR"] == nil, FileManager.default.isWritableFile(atPath: memory) else {
      return usual
    }
    return memory
  }

  private func simulate(on ground: SimulationGround, _ environment: LiveEnvironment) async throws -> ExitStatus {
    let start = environment.clock.now
    let outcomes = try await (0..<UInt64(runs)).map { seed &+ $0 }.mapSideBySide(atMost: jobs) { seed in
      let outcome = try await Simulation(
        ground, seed: seed, hazards: hazards(of: seed, on: ground), course: course
      ).run()
      show(outcome, environment.console)
      return SimulationTally(outcome)
    }
    let total = outcomes.reduce(SimulationTally(), +)
    environment.console.result(total.text(took: start.duration(to: environment.clock.now)))
    return total.broken == 0 ? .done : .runFailed
  }

  private func hazards(of seed: UInt64, on ground: SimulationGround) -> Hazards {
    if let killAt { return Hazards([.killed(at: killAt)]) }
    return calm ? Hazards() : ground.hazards(of: seed)
  }

  private func show(_ outcome: Simulation.Outcome, _ console: Console) {
    tell(outcome, console)
    if runs == 1 { console.result(SimulationTally.text(of: outcome)) }
    for violation in outcome.violations {
      console.narrate("seed \(outcome.seed): \(violation)\n  again: scripts/simulate \(words(of: outcome.seed))")
    }
  }

  /// All that was said, where the events are wanted.
  func tell(_ outcome: Simulation.Outcome, _ console: Console) {
    guard events.events == .ndjson else { return }
    for attempt in outcome.attempts {
      for (event, time) in attempt.events { console.narrate(event.line(at: time)) }
    }
  }

  /// The arguments that make one run happen again.
  private func words(of seed: UInt64) -> String {
    var words = ["--seed \(seed)", "--nodes \(counts.text)"]
    if calm { words.append("--calm") }
    words += courseWords
    if let killAt { words.append("--kill-at \(killAt)") }
    if wholePlatform { words.append("--whole-platform") }
    return words.joined(separator: " ")
  }

  private func matrix(on ground: SimulationGround, _ environment: LiveEnvironment) async throws -> ExitStatus {
    let start = environment.clock.now
    let cells = try await CrashMatrix(ground, seed: seed, course: course).run(sideBySide: jobs)
    let broken = cells.filter { !$0.violations.isEmpty }
    for cell in broken {
      environment.console.narrate("killed at \(cell.position), \(cell.event)")
      for violation in cell.violations { environment.console.narrate("  \(violation)") }
      environment.console.narrate(
        "  again: scripts/simulate --kill-at \(cell.position) --seed \(seed) --nodes \(counts.text)"
          + courseWords.map { " \($0)" }.joined())
    }
    environment.console.result(
      "killed at \(cells.count) positions of the journal: \(cells.count - broken.count) came to the same world, "
        + "\(broken.count) broke a promise; \(start.duration(to: environment.clock.now).inWords)")
    return broken.isEmpty ? .done : .runFailed
  }
}

extension SimulationGround {
  /// What goes wrong in the run of a seed.
  func hazards(of seed: UInt64) -> Hazards {
    .drawn(
      from: seed, machines: scenario.machines.count, applications: bootstrap.applications.applications.map(\.name),
      events: 300)
  }
}
