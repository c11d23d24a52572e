import Foundation
import ZeroTouchDiagnosis
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchReadiness
import ZeroTouchRehearsal
import ZeroTouchTools

/// The place of one rehearsal: a folder with the copied repository, the cache and the world's process.
struct RehearsalGround: Sendable {
  let directory: String
  let repository: RehearsedRepository
  let spec: ClusterSpec
  /// Machines in Talos's maintenance mode that the spec does not name.
  let spares: [Node]
  let speed: Double
  /// What is to go wrong; nil where nothing is.
  let fault: RehearsedFault?
  var environment: LiveEnvironment

  var layout: RepositoryLayout { RepositoryLayout(root: repository.root) }
  var world: WorldClient { WorldClient(directory: directory, clock: environment.clock) }

  /// The variable that stands in for every secret of the spec that is not AWS's.
  static let standIn = "ZEROTOUCH_STAND_IN"

  /// What stands in for the user's secrets, by the variables that a rehearsed spec names.
  static let credentials = [
    standIn: "rehearsed-value",
    "AWS_ACCESS_KEY_ID": "AKIAREHEARSAL", "AWS_SECRET_ACCESS_KEY": "rehearsed-secret",
    "AWS_SESSION_TOKEN": "rehearsed-token",
  ]

  /// Copies the repository, starts the world, and writes the file that lets people enter it.
  static func prepare(
    _ wanted: ClusterSpec, from layout: RepositoryLayout, spares: [Node], late: [LateMachine],
    defects: [DefectiveMachine] = [], fault: RehearsedFault? = nil, speed: Double, in environment: LiveEnvironment
  ) async throws -> RehearsalGround {
    let directory = try makeDirectory()
    do {
      return try await prepare(
        wanted, spares, from: layout, late: late, defects: defects, fault: fault, speed: speed, in: directory,
        environment)
    } catch {
      try? FileManager.default.removeItem(atPath: directory)
      throw error
    }
  }

  private static func prepare(
    _ wanted: ClusterSpec, _ spares: [Node], from layout: RepositoryLayout, late: [LateMachine],
    defects: [DefectiveMachine], fault: RehearsedFault?, speed: Double, in directory: String,
    _ environment: LiveEnvironment
  ) async throws -> RehearsalGround {
    let tools = environment.tools(additions: ["KUBECACHEDIR": "\(directory)/kube"])
    let repository = try await RehearsedRepository.prepare(
      from: layout.root, repoURL: wanted.gitops.repoURL, revision: wanted.gitops.revision, in: directory,
      cache: ArtifactCache(directory: "\(directory)/cache/zerotouch", fetched: environment.cacheDirectory), tools: tools
    )
    let ground = RehearsalGround(
      directory: directory, repository: repository, spec: wanted, spares: spares, speed: speed,
      fault: fault, environment: environment)
    try wanted.yaml.write(toFile: ground.layout.spec, atomically: true, encoding: .utf8)
    try fault?.prepare(ground.layout)
    _ = try await ground.world.start(
      ground.scenario(late: late, defects: defects), executable: environment.executable,
      arguments: fault?.arguments ?? [])
    try ground.writeActivation()
    return ground
  }

  /// What the pipeline is composed of here: the stand-ins for machines first on PATH, and the world's time.
  var composition: BootstrapComposition {
    var variables = environment.variables
    // The user's own credentials have no place in a rehearsal.
    variables.merge(Self.credentials) { $1 }
    let clock = ScaledClock(environment.clock, speed: speed)
    return BootstrapComposition(
      tools: environment.tools(
        shims: ["\(directory)/bin"], additions: ["KUBECACHEDIR": "\(directory)/kube"], timedBy: clock,
        disturbedBy: fault?.calls ?? []),
      clock: clock, cache: "\(directory)/cache/zerotouch", variables: variables, pace: pace,
      examination: Examiner.usualBound * speed,
      concealment: environment.concealment, recorder: environment.recorder)
  }

  /// Programs take real time, so they are asked as often as on real machines, not `speed` times as often.
  private var pace: GatePace {
    GatePace(
      interval: .milliseconds(250) * speed, relist: .seconds(30) * speed, heartbeat: .seconds(10) * max(1, speed / 10))
  }

  /// Ends the world and removes the folder.
  func remove() async {
    try? await world.stop()
    try? FileManager.default.removeItem(atPath: directory)
  }

  private func scenario(late: [LateMachine], defects: [DefectiveMachine]) -> Scenario {
    let wrong = Dictionary(defects.map { ($0.name, $0.defect) }, uniquingKeysWith: { $1 })
    let delays = Dictionary(late.map { ($0.name, $0.delay) }, uniquingKeysWith: { $1 })
    let machines = (spec.nodes + spares).map {
      Scenario.Machine(
        name: $0.name, role: $0.role, address: $0.address.description,
        // What can be wrong with a machine shows in its rescue system.
        state: spares.contains($0) && wrong[$0.name] == nil ? .maintenance : .rescue, delay: delays[$0.name],
        disk: $0.disk.map(Scenario.Disk.init(fitting:)), defect: wrong[$0.name])
    }
    return Scenario(
      name: spec.name, machines: machines, awaitsKind: spec.provider == .kind, speed: speed,
      repository: repository.root, repoURL: repository.repoURL,
      charts: repository.charts)
  }

  static func makeDirectory(in base: String = FileManager.default.temporaryDirectory.path) throws -> String {
    var template = Array("\(base)/zerotouch-rehearsal-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Refusal(.runFailed, "no folder could be made in `\(base)`", remedy: "make room there, or set TMPDIR")
    }
    return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// A shell file that makes every command of this repository work on the rehearsed cluster.
  private func writeActivation() throws {
    let kubeconfig = "\(layout.state(of: spec.name))/kubeconfig"
    let lines = [
      "# Source this to work on the rehearsed cluster as on a real one.",
      "export PATH=\("\(directory)/bin".shellQuoted):\"$PATH\"",
      "export KUBECONFIG=\(kubeconfig.shellQuoted)",
      "export KUBECACHEDIR=\("\(directory)/kube".shellQuoted)",
      "export XDG_CACHE_HOME=\("\(directory)/cache".shellQuoted)",
      "export \(Self.credentials.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " "))",
      "cd \(repository.root.shellQuoted)",
    ]
    try (lines.joined(separator: "\n") + "\n").write(toFile: "\(directory)/activate", atomically: true, encoding: .utf8)
  }
}

extension Scenario.Machine {
  /// The machine that a spec means by a node.
  init(_ node: Node, state: State = .rescue, delay: Duration? = nil) {
    self.init(
      name: node.name, role: node.role, address: node.address.description, state: state, delay: delay,
      disk: node.disk.map(Scenario.Disk.init(fitting:)))
  }
}
