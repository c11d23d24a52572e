import ZeroTouchPipeline
package import ZeroTouchWorld

/// What goes wrong in one simulated bootstrap, drawn from its seed or told.
package struct Hazards: Sendable, Hashable {
  /// How the pipeline's processes end, one after the other; the one behind the last lives.
  package var fates: [Fate]
  package var calls = CallFaults()
  /// What happens to certain calls, because a fault wants it so.
  package var told: [CallHazard] = []
  /// What is wrong with machines, by their place in the scenario.
  package var defects: [Int: MachineDefect] = [:]
  /// Containers that misbehave for good.
  package var containers: [ContainerHazard] = []
  /// Definitions that the API server takes so long to establish.
  package var definitions: [String: Duration] = [:]
  /// Machines that belong to another cluster already, by their place in the scenario.
  package var foreign: [Int: ForeignCluster] = [:]
  /// What happens at a moment.
  package var incidents: [Incident] = []
  /// Why the repository server renders nothing; nil where it does.
  package var repositoryFailure: String?
  /// Whether the parameter store knows none of the credentials.
  package var isUnknownToStore = false
  /// What is wrong with the laptop.
  package var laptop: LaptopHazard?
  /// Whether one run shows all there is, and nothing is to converge after it.
  package var isShownOnce = false
  /// Machines that answer late, by their place in the scenario.
  package var late: [Int: Duration] = [:]
  /// Machines whose clocks are set late.
  package var timeless: [Int: Duration] = [:]
  /// Applications that go wrong for a while.
  package var applications: [String: ApplicationFault] = [:]
  /// Images that take longer than usual, by the beginning of their names.
  package var slowImages: [String: Duration] = [:]
  /// When the API server stops answering, and for how long.
  package var outages: [Outage] = []

  package struct Outage: Sendable, Hashable {
    package let at: Duration
    package let lasts: Duration
  }

  /// Containers of one workload, by `namespace/name`.
  package struct ContainerHazard: Sendable, Hashable {
    let workload: String
    let fault: ContainerFault

    static func workload(_ name: String, _ fault: ContainerFault) -> Self { Self(workload: name, fault: fault) }
  }

  /// What is wrong with the laptop.
  package enum LaptopHazard: Sendable, Hashable {
    /// Nothing more fits on the disk with the journal.
    case diskFull
    /// The state directory cannot be made.
    case readOnly
    /// The state directory is gone after the first run.
    case stateLost
  }

  package init(_ fates: [Fate] = []) { self.fates = fates }

  /// Whether they are met in the world and on the way to it alone: what happens to the laptop, or to the run's own
  /// process, only a simulation can let happen.
  package var spareTheLaptop: Bool {
    fates.isEmpty && laptop == nil && !incidents.contains(where: \.isOnLaptop)
  }

  /// As much as a bad day has: each kind of hazard now and then, and often several.
  package static func drawn(from seed: UInt64, machines: Int, applications: [String], events: Int) -> Hazards {
    var dice = SeededGenerator(seed: seed ^ 0x5EED_5EED_5EED_5EED)
    var hazards = Hazards()
    hazards.fates = (0..<Int.random(in: 0...3, using: &dice)).map { _ in
      let position = Int.random(in: 0..<events, using: &dice)
      return Int.random(in: 0..<4, using: &dice) == 0 ? .interrupted(at: position) : .killed(at: position)
    }
    hazards.calls.perThousand = [0, 0, 5, 20, 60].randomElement(using: &dice) ?? 0
    if oneIn(4, &dice) { hazards.late[Int.random(in: 0..<machines, using: &dice)] = seconds(10...240, &dice) }
    if oneIn(6, &dice) { hazards.timeless[Int.random(in: 0..<machines, using: &dice)] = seconds(30...400, &dice) }
    if oneIn(3, &dice), let name = applications.randomElement(using: &dice) {
      hazards.applications[name] = applicationFault(&dice)
    }
    if oneIn(4, &dice), let image = images.randomElement(using: &dice) {
      hazards.slowImages[image] = seconds(20...150, &dice)
    }
    if oneIn(3, &dice) {
      hazards.outages = (0..<Int.random(in: 1...4, using: &dice)).map { _ in
        Outage(at: seconds(200...500, &dice), lasts: seconds(1...60, &dice))
      }
    }
    return hazards
  }

  private static let images = ["quay.io/cilium", "quay.io/argoproj", "ghcr.io/external-secrets", "registry.k8s.io"]

  private static func oneIn(_ count: Int, _ dice: inout SeededGenerator) -> Bool {
    Int.random(in: 0..<count, using: &dice) == 0
  }

  private static func seconds(_ range: ClosedRange<Int>, _ dice: inout SeededGenerator) -> Duration {
    .seconds(Int.random(in: range, using: &dice))
  }

  private static func applicationFault(_ dice: inout SeededGenerator) -> ApplicationFault {
    let end = seconds(250...700, &dice)
    switch Int.random(in: 0..<3, using: &dice) {
    case 0: return .degraded(message: "a replica is missing", until: end)
    case 1: return .syncError(message: "one or more objects failed to apply", until: end)
    default: return .hang(until: end)
    }
  }
}
