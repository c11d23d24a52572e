/// How many of a controller's pods are how far.
struct PodCount: Sendable, Hashable {
  var active = 0
  var ready = 0
  var available = 0
  var terminating = 0
  /// When the next ready pod will have been ready for long enough.
  var nextAvailable: Duration?

  init(_ pods: [PodRecord], minReadySeconds: Int, now: Duration) {
    for pod in pods {
      if pod.isTerminating { terminating += 1 }
      guard pod.isActive else { continue }
      active += 1
      guard pod.isReady else { continue }
      ready += 1
      let due = (pod.readySince ?? now) + .seconds(minReadySeconds)
      if due <= now { available += 1 } else { nextAvailable = min(nextAvailable ?? due, due) }
    }
  }
}

extension PodRecord {
  func isAvailable(after minReadySeconds: Int, at now: Duration) -> Bool {
    isReady && (readySince ?? now) + .seconds(minReadySeconds) <= now
  }
}

/// Which pods go first when there are too many: those that do the least.
enum DeletionRank {
  static func sorted(_ pods: [PodRecord], in world: World) -> [PodRecord] {
    func rank(_ pod: PodRecord) -> (Int, Int, Int, Int) {
      (pod.node == nil ? 0 : 1, pod.phase == .running ? 1 : 0, pod.isReady ? 1 : 0, -pod.order)
    }
    return pods.sorted { rank($0) < rank($1) }
  }
}
