import ZeroTouchModel

extension World {
  /// Starts or stops the clock of a pod on a node with taints it does not bear for ever.
  mutating func judgeEviction(of key: ObjectKey) {
    guard let pod = index.pods[key], pod.isActive else { return }
    let timer = Timer(NodeLifecycle.controllerName, key, pod.uid)
    guard let delay = evictionDelay(of: key) else { return timers.cancel(timer) }
    if delay == .zero { evict(key) } else { start(timer, after: delay) }
  }

  /// How long a pod may stay on its node; nil when nothing drives it off.
  func evictionDelay(of key: ObjectKey) -> Duration? {
    guard let pod = index.pods[key], let node = pod.node.flatMap({ index.nodes[$0] }) else { return nil }
    let taints = node.taints.filter { $0.effect == .noExecute }
    guard !taints.isEmpty else { return nil }
    let tolerations = Toleration.list(of: objects[key]?["spec"])
    var shortest: Int?
    for taint in taints {
      let fitting = tolerations.filter { $0.tolerates(taint) }
      guard !fitting.isEmpty else { return .zero }
      guard let seconds = fitting.compactMap(\.seconds).min(), !fitting.contains(where: { $0.seconds == nil }) else {
        continue
      }
      shortest = min(shortest ?? seconds, max(seconds, 0))
    }
    return shortest.map { .seconds($0) }
  }

  mutating func evict(_ key: ObjectKey) {
    recordEvent(
      .normal, "TaintManagerEviction", "Marking for deletion Pod \(key.namespace)/\(key.name)", about: key,
      from: "taint-eviction-controller")
    delete(key)
  }
}
