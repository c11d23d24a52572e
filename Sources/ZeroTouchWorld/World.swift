package import Foundation
import ZeroTouchModel

/// The simulated world: a cluster and the machines under it, as pure state.
///
/// Nothing here does I/O or reads a clock. State moves in two ways: a call from outside
/// (an API request, a machine's API) and ``advance(to:)``. The same calls at the same
/// virtual times give the same world.
package struct World: Sendable {
  package var objects = ObjectStore()
  /// The machines under the cluster; none in a world that begins with a cluster.
  package var machines = Machines()
  /// What kind made on the laptop; nil where it made nothing.
  package internal(set) var kindCluster: KindCluster?
  /// What the API server serves, and whether it is up.
  package var server = APIServerState()
  /// Virtual time since the world began.
  package private(set) var now: Duration = .zero
  package var timers = Timers()
  package private(set) var errands: [Errand] = []
  package var results: [Int: ErrandResult] = [:]
  /// What the workload controllers remember.
  package var workloads = WorkloadState()
  /// What the kubelets of all nodes remember.
  package var kubelets = Kubelets()
  /// How containers are to misbehave.
  package var containerFaults = ContainerFaults()
  /// What Cilium's operator has seen.
  package var cilium = CiliumState()
  /// Whom the answer of an open errand wakes.
  private var errandOwners: [Int: ObjectKey] = [:]
  /// What Argo CD's components remember.
  package var argoCD = ArgoCDState()
  /// What the platform's operators remember.
  package var platform = PlatformState()
  /// Application faults by name of the Application: what a scenario makes go wrong.
  package var applicationFaults: [String: ApplicationFault] = [:]
  /// Every parameter of the parameter store by name; while it is empty, every parameter exists.
  package var parameters: [String: String] = [:]
  /// Whom the parameter store answers.
  package var parameterAccount = ParameterStoreAccount()
  /// Parameters that do not exist, whatever else says they do.
  package var missingParameters: Set<String> = []
  /// The wall-clock time at which the world began; timestamps are made from it.
  package let epoch: Date
  var wallClock: WallClock
  private let controllers: [any Controller]
  private var errandCount = 0

  package init(epoch: Date, controllers: [any Controller]) {
    self.epoch = epoch
    wallClock = WallClock(epoch)
    self.controllers = controllers
  }

  /// When something happens by itself next.
  package var nextDue: Duration? { timers.next }

  /// Lets time pass: everything due until then happens, in order.
  package mutating func advance(to instant: Duration) {
    settle()
    while let due = timers.next, due <= instant {
      now = max(now, due)
      // Everything of one moment happens before the controllers look: a thousand pods become ready in one round.
      while let (_, timer) = timers.take(dueBy: due) {
        for controller in controllers where controller.name == timer.controller { controller.elapsed(timer, in: &self) }
      }
      settle()
    }
    now = max(now, instant)
  }

  /// Lets the controllers work until nothing changes any more.
  package mutating func settle() {
    var rounds = 0
    while !objects.unsettled.isEmpty, rounds < 1000 {
      rounds += 1
      let changed = objects.takeUnsettled().sorted()
      for controller in controllers {
        let concerned =
          controller.watchesEverything ? changed : changed.filter { controller.watches.contains($0.resource) }
        if !concerned.isEmpty { controller.reconcile(concerned, in: &self) }
      }
    }
  }

  /// Starts a timer of a controller; one that runs already keeps its time.
  package mutating func start(_ timer: Timer, after delay: Duration) { timers.start(timer, at: now + delay) }

  /// Asks the outside for something and says under which number the answer will come.
  package mutating func send(_ work: Errand.Work, for owner: ObjectKey? = nil) -> Int {
    errandCount += 1
    errandOwners[errandCount] = owner
    errands.append(Errand(id: errandCount, work: work))
    return errandCount
  }

  /// Forgets what was asked for: whoever asked is gone, and late answers wake nobody.
  mutating func forgetErrands() {
    errands = []
    results = [:]
    errandOwners = [:]
  }

  /// Hands the open errands to whoever does them.
  package mutating func takeErrands() -> [Errand] {
    defer { errands = [] }
    return errands
  }

  /// Takes the answer of an errand; `wakes` is looked at again by its controllers.
  package mutating func complete(_ id: Int, with result: ErrandResult, wakes key: ObjectKey? = nil) {
    results[id] = result
    if let owner = errandOwners.removeValue(forKey: id) { objects.touch(owner) }
    if let key { objects.touch(key) }
    settle()
  }
}
