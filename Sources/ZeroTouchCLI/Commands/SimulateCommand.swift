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
      A seed is one cluster: the order in which things happen there, and what goes wrong; it makes the same happen again.
      Its pipeline is run until it converges, mostly several times, and once more. Then promises are checked that hold for
      every bootstrap, and one that is broken ends the command with status 1.

      EXAMPLES
        zerotouch simulate --clusters 100
        zerotouch simulate --runs 10000
            as many clusters as ten thousand runs of the pipeline take
        zerotouch simulate --seed 17 --events ndjson
            one cluster again, with all its runs said
        zerotouch simulate --crash-matrix   killed at every position of the journal
        zerotouch simulate --rebuild --crash-matrix
            a rebuild, killed at every position
        zerotouch simulate --replace cp03 --dead --nodes control-plane=3,workers=2
        zerotouch simulate --faults
            every fault that is rehearsed, and how the run ends
        zerotouch simulate --fault disk-twins --events ndjson
      """)

  @Option(name: .long, help: "How many clusters; 1 where --runs says nothing else.")
  var clusters: Int?

  @Option(name: .long, help: "As many clusters as so many runs of the pipeline take.")
  var runs: Int?

  @Option(name: .long, help: "The seed of the first cluster; each of the others has the next one.")
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
    help: "The machines; without it the seeds say how many, and where none is drawn \(Self.usualSize.text).")
  var nodes: NodeCounts?

  private static let usualSize = NodeCounts(workers: 2)

  @Flag(name: .long, help: "With every Application of the repository, not only the core of the platform.")
  var wholePlatform = false

  @OptionGroup var repository: RepositoryOptions
  @OptionGroup var events: EventOptions

  func validate() throws {
    let counts = nodes ?? Self.usualSize
    if let replace, !counts.nodes.contains(where: { $0.name == replace }) {
      throw ValidationError("--replace names no machine of --nodes \(counts.text)")
    }
    if nodes != nil, faults || fault != nil {
      throw ValidationError("a fault brings the machines that it needs: leave --nodes out")
    }
    if dead, replace == nil { throw ValidationError("--dead says how a node is replaced: name it with --replace") }
    if rebuild, replace != nil { throw ValidationError("--rebuild and --replace are two courses: take one") }
    guard clusters == nil || runs == nil else { throw ValidationError("--clusters and --runs exclude each other") }
    guard clusters ?? 1 > 0, runs ?? 1 > 0, jobs > 0 else {
      throw ValidationError("--clusters, --runs and --jobs take a number from 1")
    }
  }

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let layout = try repository.layout(in: environment)
    let directory = try RehearsalGround.makeDirectory(in: Self.place(environment))
    defer { try? FileManager.default.removeItem(atPath: directory) }
    if faults { return try await meet(FaultTable.all, from: layout, in: directory, environment) }
    if let fault { return try await meet([try .named(fault)], from: layout, in: directory, environment) }
    let grounds = try await grounds(sizes, from: layout, in: directory, environment)
    return crashMatrix ? try await matrix(on: grounds.usual, environment) : try await simulate(on: grounds, environment)
  }

  /// What all runs on so many machines share.
  func grounds(
    _ sizes: ClusterSizes, from layout: RepositoryLayout, in directory: String, _ environment: LiveEnvironment
  ) async throws -> SimulationGrounds {
    try await SimulationGrounds.prepare(sizes, from: layout, onlyCore: !wholePlatform, in: directory, environment)
  }

  /// The sizes of the clusters: where a seed decides what goes wrong, it decides that too.
  var sizes: ClusterSizes {
    if let nodes { return ClusterSizes(nodes) }
    let isDrawn = !crashMatrix && killAt == nil && replace == nil
    guard isDrawn else { return ClusterSizes(Self.usualSize) }
    return isOne ? ClusterSizes(ClusterSizes.drawn.size(of: seed)) : .drawn
  }

  /// Whether only one cluster is wanted.
  var isOne: Bool { runs == nil && clusters ?? 1 == 1 }

  var course: Simulation.Course {
    if let replace { return .replace(replace, isDead: dead) }
    return rebuild ? .rebuild : .bootstrap
  }

  /// The arguments that choose it.
  var courseWords: [String] {
    (rebuild ? ["--rebuild"] : []) + (replace.map { ["--replace \($0)"] } ?? []) + (dead ? ["--dead"] : [])
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

  /// All that was said, where the events are wanted.
  func tell(_ outcome: Simulation.Outcome, _ console: Console) {
    guard events.events == .ndjson else { return }
    for attempt in outcome.attempts {
      for (event, time) in attempt.events { console.narrate(event.line(at: time)) }
    }
  }

  private func matrix(on ground: SimulationGround, _ environment: LiveEnvironment) async throws -> ExitStatus {
    let start = environment.clock.now
    let cells = try await CrashMatrix(ground, seed: seed, course: course).run(sideBySide: jobs)
    let broken = cells.filter { !$0.violations.isEmpty }
    for cell in broken {
      environment.console.narrate("killed at \(cell.position), \(cell.event)")
      for violation in cell.violations { environment.console.narrate("  \(violation)") }
      environment.console.narrate(
        "  again: scripts/simulate --kill-at \(cell.position) --seed \(seed) --nodes \(sizes.all[0].text)"
          + courseWords.map { " \($0)" }.joined())
    }
    environment.console.result(
      "killed at \(cells.count) positions of the journal: \(cells.count - broken.count) came to the same world, "
        + "\(broken.count) broke a promise; \(start.duration(to: environment.clock.now).inWords)")
    return broken.isEmpty ? .done : .runFailed
  }
}
