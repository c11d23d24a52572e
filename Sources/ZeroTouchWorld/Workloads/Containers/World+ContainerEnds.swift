import ZeroTouchModel

extension World {
  /// Takes the step a container waited for.
  mutating func take(
    _ step: ContainerStep, of container: inout ContainerWork, in pod: PodContext, restarts: PodWork.RestartPolicy
  ) {
    switch step {
    case .pulled: finishPull(&container, pod)
    case .ready: if container.isRunning { container.isReady = true }
    case .ended: if container.isRunning { end(&container, pod, restarts) }
    case .restart: restart(&container, pod)
    }
  }

  private mutating func finishPull(_ container: inout ContainerWork, _ pod: PodContext) {
    kubelets.pulls[Kubelets.Pull(node: pod.node, image: container.image)] = nil
    if case .neverPulls(let message) = containerFaults.fault(image: container.image, workload: pod.workload) {
      return failPull(&container, pod, message)
    }
    container.failedPulls = 0
    kubelets.images[pod.node, default: []].insert(container.image)
    let seconds = RealWorld.imagePull.declared.typical.components.seconds
    note(
      .normal, "Pulled",
      "Successfully pulled image \"\(container.image)\" in \(seconds)s (\(seconds)s including waiting).", container, pod
    )
    create(&container, pod, nil)
  }

  private mutating func failPull(_ container: inout ContainerWork, _ pod: PodContext, _ message: String) {
    let image = container.image
    let problem = "failed to pull and unpack image \"\(image)\": failed to resolve reference \"\(image)\": \(message)"
    note(.warning, "Failed", "Failed to pull image \"\(image)\": \(problem)", container, pod)
    note(.warning, "Failed", "Error: ErrImagePull", container, pod)
    note(.normal, "BackOff", "Back-off pulling image \"\(image)\"", container, pod)
    container.state = .waiting(
      reason: "ImagePullBackOff", message: "Back-off pulling image \"\(image)\": ErrImagePull: \(problem)")
    start(timer(.restart, container, pod), after: .seconds(min(10 << min(container.failedPulls, 5), 300)))
    container.failedPulls += 1
  }

  private mutating func end(
    _ container: inout ContainerWork, _ pod: PodContext, _ restarts: PodWork.RestartPolicy
  ) {
    let (code, log) = exit(of: container, pod)
    guard case .running(let started) = container.state else { return }
    if !log.isEmpty { container.log = [log] }
    container.isReady = false
    conclude(&container, pod, restarts, code, started: started)
  }

  /// Writes down how a run ended, and starts the clock towards the next one if there is to be one.
  mutating func conclude(
    _ container: inout ContainerWork, _ pod: PodContext, _ restarts: PodWork.RestartPolicy, _ code: Int,
    started: String
  ) {
    let again =
      container.isInit ? code != 0 && restarts != .never : restarts == .always || (code != 0 && restarts == .onFailure)
    guard again else {
      container.state = .terminated(exitCode: code, started: started, finished: timestamp)
      return
    }
    // The kubelet doubles its pause from ten seconds up to five minutes.
    let seconds = min(10 << min(container.restarts, 5), 300)
    container.state = .backingOff(exitCode: code, started: started, finished: timestamp, seconds: seconds)
    container.lastEnd = (code, started, timestamp)
    note(
      .warning, "BackOff",
      "Back-off restarting failed container \(container.name) in pod \(pod.key.name)_\(pod.key.namespace)(\(pod.uid))",
      container, pod)
    start(timer(.restart, container, pod), after: .seconds(seconds))
  }

  /// The status and the last words a container ends with.
  private func exit(of container: ContainerWork, _ pod: PodContext) -> (Int, String) {
    if let trouble = agentTrouble(of: container, pod), trouble.isFatal { return (1, trouble.log) }
    if let failure = operatorFailure(of: container, pod) { return (1, failure) }
    switch containerFaults.fault(image: container.image, workload: pod.workload) {
    case .crashes(let code, let log, _), .ends(let code, let log): return (code, log)
    default: return (0, "")
    }
  }

  private mutating func restart(_ container: inout ContainerWork, _ pod: PodContext) {
    switch container.state {
    case .backingOff:
      container.restarts += 1
      container.state = .created
    case .waiting: container.state = .created
    default: break
    }
  }
}
