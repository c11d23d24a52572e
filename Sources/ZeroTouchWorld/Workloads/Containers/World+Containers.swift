package import ZeroTouchModel

extension World {
  /// Runs a command in a container: the few that Cilium's containers answer, and the runtime's refusal of all others.
  package func execute(command: [String], in pod: JSONValue, container: String) -> ExecOutcome {
    guard let program = command.first, let work = work(of: pod), let state = work[container] else {
      return ExecOutcome(
        standardError: "error: unable to upgrade connection: container not found (\"\(container)\")\n", status: 1)
    }
    guard state.isRunning else {
      return ExecOutcome(
        standardError: "error: unable to upgrade connection: container not found (\"\(container)\")\n", status: 1)
    }
    switch (container, program) {
    case ("cilium-agent", "cilium-dbg"), ("cilium-agent", "cilium"):
      return ciliumDebug(Array(command.dropFirst()), work, state)
    case ("cilium-agent", "cilium-health"):
      return ciliumHealth(Array(command.dropFirst()), state)
    default: return Self.notFound(program)
    }
  }

  /// What a container printed so far.
  package func logs(of pod: JSONValue, container: String) -> String {
    guard let key = key(of: pod), let work = work(of: pod), let state = work[container] else { return "" }
    var lines = state.log
    let context = PodContext(key: key, uid: work.uid, node: work.node, workload: work.workload)
    if state.isRunning, let trouble = agentTrouble(of: state, context) { lines.append(trouble.log) }
    if container == "cilium-operator" {
      if state.isRunning { lines += cilium.processes[work.uid]?.log ?? [] }
      if work.uid == cilium.leader { lines += cilium.log }
    }
    if state.isRunning, case .neverReady(let log) = containerFaults.fault(image: state.image, workload: work.workload),
      !log.isEmpty
    {
      lines.append(log)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func key(of pod: JSONValue) -> ObjectKey? {
    guard let name = pod[path: "metadata", "name"]?.stringValue,
      let namespace = pod[path: "metadata", "namespace"]?.stringValue
    else { return nil }
    return ObjectKey(.pods, namespace, name)
  }

  private func work(of pod: JSONValue) -> PodWork? {
    pod[path: "metadata", "uid"]?.stringValue.flatMap { kubelets.work[$0] }
  }

  private static func notFound(_ program: String) -> ExecOutcome {
    let isPath = program.contains("/")
    let cause = isPath ? "stat \(program): no such file or directory" : "executable file not found in $PATH"
    return ExecOutcome(
      standardError:
        "OCI runtime exec failed: exec failed: unable to start container process: exec: \"\(program)\": \(cause)\n",
      status: isPath ? 126 : 127)
  }
}
