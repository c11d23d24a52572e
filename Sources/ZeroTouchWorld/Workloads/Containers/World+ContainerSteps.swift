import ZeroTouchModel

extension World {
  /// Starts what of a pod's containers may start now: init containers one after the other, then all others.
  mutating func startContainers(of work: inout PodWork, _ pod: PodContext, _ object: JSONValue) {
    for position in work.inits.indices {
      let container = work.inits[position]
      if container.hasSucceeded { continue }
      proceed(with: &work.inits[position], pod, object)
      if !(container.isSidecar && work.inits[position].isReady) && !work.inits[position].hasSucceeded { return }
    }
    for position in work.mains.indices { proceed(with: &work.mains[position], pod, object) }
  }

  /// Does the next thing a container needs, if nothing is under way for it.
  private mutating func proceed(with container: inout ContainerWork, _ pod: PodContext, _ object: JSONValue) {
    switch container.state {
    case .created: pull(&container, pod, object)
    case .waiting(let reason, _) where reason == "CreateContainerConfigError": create(&container, pod, object)
    case .running: awaitNext(of: container, pod)
    default: break
    }
  }

  private mutating func pull(_ container: inout ContainerWork, _ pod: PodContext, _ object: JSONValue) {
    let pull = Kubelets.Pull(node: pod.node, image: container.image)
    let fault = containerFaults.fault(image: container.image, workload: pod.workload)
    if kubelets.images[pod.node]?.contains(container.image) == true {
      note(.normal, "Pulled", "Container image \"\(container.image)\" already present on machine", container, pod)
      return create(&container, pod, object)
    }
    container.state = .pulling
    note(.normal, "Pulling", "Pulling image \"\(container.image)\"", container, pod)
    var time = RealWorld.imagePull.declared.typical
    if case .slow(let slow?, _) = fault { time = slow }
    let end = max(kubelets.pulls[pull] ?? now + time, now)
    kubelets.pulls[pull] = end
    timers.start(timer(.pulled, container, pod), at: end)
  }

  /// Creates and starts a container whose image is there, unless its environment names what does not exist.
  mutating func create(_ container: inout ContainerWork, _ pod: PodContext, _ object: JSONValue?) {
    guard let object = object ?? objects[pod.key] else { return }
    if let problem = environmentProblem(of: container, pod, object) {
      container.state = .waiting(reason: "CreateContainerConfigError", message: problem)
      return note(.warning, "Failed", "Error: \(problem)", container, pod)
    }
    note(.normal, "Created", "Created container: \(container.name)", container, pod)
    container.startFailure = startFailure(of: container, pod, object)
    if let failure = container.startFailure {
      note(.warning, "Failed", "Error: \(failure)", container, pod)
      let restarts = object[path: "spec", "restartPolicy"]?.stringValue.flatMap(PodWork.RestartPolicy.init) ?? .always
      return conclude(&container, pod, restarts, ContainerWork.cannotStart, started: ContainerWork.never)
    }
    container.state = .running(since: timestamp)
    container.isReady = false
    noteOperatorStart(container, pod)
    note(.normal, "Started", "Started container \(container.name)", container, pod)
    awaitNext(of: container, pod)
  }

  /// Starts the clock towards what a running container does next: end, crash or become ready.
  private mutating func awaitNext(of container: ContainerWork, _ pod: PodContext) {
    guard !container.isReady else { return }
    switch containerFaults.fault(image: container.image, workload: pod.workload) {
    case .crashes(_, _, let after): return start(timer(.ended, container, pod), after: after)
    case .neverReady: return
    case .slow(_, let start?): return self.start(timer(.ready, container, pod), after: start)
    default: break
    }
    if container.isInit, !container.isSidecar {
      return start(timer(.ended, container, pod), after: RealWorld.initContainer.declared.typical)
    }
    if runsToEnd(pod) { return start(timer(.ended, container, pod), after: RealWorld.jobRun.declared.typical) }
    if operatorFailure(of: container, pod) != nil {
      return start(timer(.ended, container, pod), after: .seconds(2))
    }
    if let trouble = agentTrouble(of: container, pod) {
      if trouble.isFatal { start(timer(.ended, container, pod), after: .seconds(2)) }
      return
    }
    start(timer(.ready, container, pod), after: RealWorld.containerStart.declared.typical)
  }

  private func runsToEnd(_ pod: PodContext) -> Bool {
    let policy = objects[pod.key]?[path: "spec", "restartPolicy"]?.stringValue
    return policy == "Never" || policy == "OnFailure"
  }

  func timer(_ step: ContainerStep, _ container: ContainerWork, _ pod: PodContext) -> Timer {
    Timer(Kubelet.controllerName, pod.key, "\(step.rawValue)|\(pod.uid)|\(container.name)")
  }

  /// Writes an event about a container.
  mutating func note(
    _ type: EventType, _ reason: String, _ message: String, _ container: ContainerWork, _ pod: PodContext
  ) {
    let list = container.isInit ? "initContainers" : "containers"
    recordEvent(
      type, reason, message, about: pod.key, from: "kubelet", host: pod.node, field: "spec.\(list){\(container.name)}")
  }

  /// Why a container's environment cannot be made.
  private func environmentProblem(of container: ContainerWork, _ pod: PodContext, _ object: JSONValue) -> String? {
    let references = PodReferences(object["spec"], namespace: pod.key.namespace)
    for need in references.environments where need.container == container.name {
      let isSecret = need.key.resource == .secrets
      guard let source = objects[need.key] else {
        return "\(isSecret ? "secret" : "configmap") \"\(need.key.name)\" not found"
      }
      if let member = need.member, source["data"]?[member] == nil, source["binaryData"]?[member] == nil {
        let kind = isSecret ? "Secret" : "ConfigMap"
        return "couldn't find key \(member) in \(kind) \(need.key.namespace)/\(need.key.name)"
      }
    }
    return nil
  }
}
