import ZeroTouchModel

/// What one pod's containers are doing: the kubelet's own truth, of which the status is a picture.
struct PodWork: Sendable {
  let uid: String
  let node: String
  /// `namespace/name` of the Deployment, DaemonSet, StatefulSet or Job behind it.
  let workload: String
  let startTime: String
  var address: String?
  var inits: [ContainerWork]
  var mains: [ContainerWork]
  let restarts: RestartPolicy

  enum RestartPolicy: String, Sendable {
    case always = "Always"
    case onFailure = "OnFailure"
    case never = "Never"
  }

  init(_ pod: JSONValue, uid: String, node: String, workload: String, timestamp: String) {
    self.uid = uid
    self.node = node
    self.workload = workload
    startTime = pod[path: "status", "startTime"]?.stringValue ?? timestamp
    let spec = pod["spec"]
    inits = (spec?["initContainers"]?.arrayValue ?? []).map { ContainerWork($0, isInit: true) }
    mains = (spec?["containers"]?.arrayValue ?? []).map { ContainerWork($0, isInit: false) }
    restarts = spec?["restartPolicy"]?.stringValue.flatMap(RestartPolicy.init) ?? .always
  }

  var isInitialized: Bool { inits.allSatisfy { $0.isSidecar ? $0.isRunning : $0.hasSucceeded } }

  /// Whether every container that must be is ready.
  var isReady: Bool { isInitialized && mains.allSatisfy(\.isReady) && inits.allSatisfy { !$0.isSidecar || $0.isReady } }

  /// How the pod ended, if it did.
  var end: PodRecord.Phase? {
    if let failed = inits.first(where: { !$0.isSidecar && $0.hasFailed }), !restartsAfterFailure, failed.isOver {
      return .failed
    }
    guard restarts != .always, mains.allSatisfy(\.isOver) else { return nil }
    if mains.allSatisfy(\.hasSucceeded) { return .succeeded }
    return restartsAfterFailure ? nil : .failed
  }

  var restartsAfterFailure: Bool { restarts != .never }

  subscript(name: String) -> ContainerWork? {
    get { inits.first { $0.name == name } ?? mains.first { $0.name == name } }
    set {
      guard let newValue else { return }
      if let index = inits.firstIndex(where: { $0.name == name }) { inits[index] = newValue }
      if let index = mains.firstIndex(where: { $0.name == name }) { mains[index] = newValue }
    }
  }
}

/// What one container is doing.
struct ContainerWork: Sendable {
  enum State: Sendable {
    case created
    case waiting(reason: String, message: String)
    case pulling
    case running(since: String)
    case terminated(exitCode: Int, started: String, finished: String)
    /// Ended, and waiting to be started again.
    case backingOff(exitCode: Int, started: String, finished: String, seconds: Int)
  }

  let name: String
  let image: String
  let isInit: Bool
  /// An init container that goes on running beside the others.
  let isSidecar: Bool
  let pullsAlways: Bool
  var state = State.created
  var isReady = false
  var restarts = 0
  /// How often in a row its image could not be pulled.
  var failedPulls = 0
  /// The newest lines of its output.
  var log: [String] = []
  /// Why the runtime could not start it the last time it tried.
  var startFailure: String?
  /// The end of the run before, as `lastState` shows it.
  var lastEnd: (exitCode: Int, started: String, finished: String)?

  init(_ container: JSONValue, isInit: Bool) {
    name = container["name"]?.stringValue ?? ""
    image = container["image"]?.stringValue ?? ""
    self.isInit = isInit
    isSidecar = isInit && container["restartPolicy"] == "Always"
    pullsAlways = container["imagePullPolicy"] == "Always"
  }

  var isRunning: Bool { if case .running = state { true } else { false } }

  /// Whether its process ended and nothing restarts it by itself.
  var isOver: Bool { if case .terminated = state { true } else { false } }
  var hasSucceeded: Bool { if case .terminated(0, _, _) = state { true } else { false } }

  var hasFailed: Bool {
    switch state {
    case .terminated(let code, _, _): code != 0
    case .backingOff: true
    default: false
    }
  }
}
