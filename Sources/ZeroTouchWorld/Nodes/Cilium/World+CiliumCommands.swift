extension World {
  private static let socketFailure =
    "Get \"http://localhost/v1/healthz\": dial unix /var/run/cilium/cilium.sock: connect: no such file or directory"

  /// Answers `cilium-dbg` in the agent's container.
  func ciliumDebug(_ arguments: [String], _ pod: PodWork, _ agent: ContainerWork) -> ExecOutcome {
    guard arguments.first == "status" else {
      let name = arguments.first ?? ""
      return ExecOutcome(
        standardError: "Error: unknown command \"\(name)\" for \"cilium-dbg\"\nRun 'cilium-dbg --help' for usage.\n",
        status: 1)
    }
    guard agent.isReady else {
      return ExecOutcome(standardError: "Cannot check status of the daemon: \(Self.socketFailure)\n", status: 1)
    }
    if let flag = arguments.dropFirst().first(where: { !Self.statusFlags.contains($0) }) {
      return ExecOutcome(standardError: "Error: unknown flag: \(flag)\n", status: 1)
    }
    if arguments.contains("--brief") { return ExecOutcome(standardOutput: "OK\n") }
    return ExecOutcome(standardOutput: statusText(on: pod.node))
  }

  private static let statusFlags: Set<String> = ["--brief", "--verbose", "--all-health", "--all-nodes"]

  private func statusText(on node: String) -> String {
    let healthy = healthyNodes.count
    return """
      KVStore:                 Disabled
      Kubernetes:              Ok         1.35 (v1.35.4) [linux/amd64]
      KubeProxyReplacement:    True
      Cilium:                  Ok   1.19.6
      NodeMonitor:             Listening for events on 16 CPUs
      IPAM:                    IPv4: \(index.pods(on: node).count)/254 allocated from \(index.nodes[node]?.podCIDR ?? "")
      Cluster health:          \(healthy)/\(index.nodes.count) reachable

      """
  }

  /// Answers `cilium-health` in the agent's container.
  func ciliumHealth(_ arguments: [String], _ agent: ContainerWork) -> ExecOutcome {
    guard arguments.first == "status" else {
      return ExecOutcome(
        standardError: "Error: unknown command \"\(arguments.first ?? "")\" for \"cilium-health\"\n", status: 1)
    }
    guard agent.isReady else {
      return ExecOutcome(
        standardError: "Error: Cannot get status: Get \"http://localhost/v1beta/status\": "
          + "dial unix /var/run/cilium/health.sock: connect: no such file or directory\n", status: 1)
    }
    let healthy = healthyNodes
    var lines = ["Probe time:   \(timestamp)", "Nodes:", "  \(healthy.count)/\(index.nodes.count) reachable"]
    for (name, node) in index.nodes.sorted(by: { $0.key < $1.key }) {
      lines.append("  \(name):")
      lines.append("    Host connectivity to \(node.address):")
      lines.append("      ICMP to stack:   \(healthy.contains(name) ? "OK, RTT=0.3ms" : "Connection timed out")")
    }
    return ExecOutcome(standardOutput: lines.joined(separator: "\n") + "\n")
  }

  /// The nodes whose agents other agents reach.
  private var healthyNodes: Set<String> {
    Set(index.nodes.keys.filter { !kubelets.silent.contains($0) && ciliumAgentIsReady(on: $0) })
  }
}
