import ZeroTouchManifests
import ZeroTouchModel

extension World {
  /// How long a booting machine waits for its node to be Ready before it starts over.
  private static let bootTimeout = Duration.seconds(600)

  /// Has a machine's kubelet register once it can: services up, an API that knows its tokens.
  mutating func registerLater(_ address: IPAddress) {
    guard reachesServedCluster(address), machines[address]?.installation?.hasNode == false else { return }
    start(.node, of: address, after: .nodeRegistration)
  }

  mutating func kubeletRegisters(_ address: IPAddress) {
    guard let machine = machines[address], let installation = machine.installation, !installation.hasNode else {
      return
    }
    // The API went away while the kubelet started: it goes on trying.
    guard reachesServedCluster(address) else { return start(.node, of: address, after: .nodeRegistration) }
    machines[address]?.installation?.hasNode = true
    machines.kubelets[machine.hostname] = address
    noteChange(of: address)
    registerNode(registration(of: machine, installation.configuration))
    adjustNode(of: machine, installation.configuration)
    createStaticPods(of: address)
    awaitReadiness(of: address)
  }

  /// Whether a kubelet comes to the cluster that the world serves, and is let in.
  private func reachesServedCluster(_ address: IPAddress) -> Bool {
    guard let machine = machines[address], machine.hasTime, let installation = machine.installation,
      installation.hasRuntime, let cluster = machines.served, cluster.hasAPI, isServing,
      installation.configuration.identity == cluster.identity
    else { return false }
    if let own = installation.etcd.cluster { return own == cluster.id }
    return !leadsElsewhere(installation.configuration, than: cluster)
  }

  /// Whether the configured endpoint is a control plane that founded or joined another cluster.
  private func leadsElsewhere(_ configuration: MachineConfiguration, than cluster: EtcdCluster) -> Bool {
    guard let host = configuration.endpointHost, let address = IPAddress(host),
      let there = machines[address]?.installation?.etcd.cluster
    else { return false }
    return there != cluster.id
  }

  private func registration(of machine: Machine, _ configuration: MachineConfiguration) -> NodeRegistration {
    NodeRegistration(
      name: machine.hostname, role: configuration.isControlPlane ? .controlPlane : .worker,
      address: machine.address.description, labels: configuration.nodeLabels,
      annotations: configuration.nodeAnnotations, taints: configuration.taints,
      kubernetesVersion: String(configuration.kubernetesVersion.drop { $0 == "v" }),
      hasKubePrism: configuration.kubePrismPort == 7445)
  }

  /// Takes off what Kubernetes gives control planes by itself and the configuration does not want.
  private mutating func adjustNode(of machine: Machine, _ configuration: MachineConfiguration) {
    guard configuration.isControlPlane else { return }
    let load = "node.kubernetes.io/exclude-from-external-load-balancers"
    objects.update(ObjectKey(.nodes, machine.hostname)) { node in
      if configuration.schedulesOnControlPlanes {
        let taints = (node[path: "spec", "taints"]?.arrayValue ?? []).filter {
          $0["key"] != "node-role.kubernetes.io/control-plane"
        }
        node[path: "spec", "taints"] = taints.isEmpty ? nil : .array(taints)
      }
      if configuration.nodeLabels[load] == nil { node[path: "metadata", "labels", load] = nil }
    }
    settle()
  }

  /// Starts over after a while if the node does not become Ready, as Talos's boot sequence does.
  mutating func awaitReadiness(of address: IPAddress) {
    timers.cancel(MachineMoment.bootTimeout.timer(address))
    guard let machine = machines[address], !isNodeReady(machine.hostname) else { return }
    start(MachineMoment.bootTimeout.timer(address), after: Self.bootTimeout)
  }

  mutating func bootTimedOut(_ address: IPAddress) {
    guard let machine = machines[address], machine.installation?.hasNode == true, !isNodeReady(machine.hostname) else {
      return
    }
    log("[talos] boot sequence failed: retrying error: node not ready; rebooting", on: address)
    reboot(address)
  }

  /// Keeps up with nodes that became Ready or were deleted.
  mutating func noticeNodes(_ names: [String]) {
    for name in names {
      guard let address = machines.kubelets[name] else { continue }
      if isNodeReady(name) { timers.cancel(MachineMoment.bootTimeout.timer(address)) }
      noteChange(of: address)
    }
  }

  package func isNodeReady(_ name: String) -> Bool {
    let conditions = objects[ObjectKey(.nodes, name)]?[path: "status", "conditions"]?.arrayValue ?? []
    return conditions.contains { $0["type"] == "Ready" && $0["status"] == "True" }
  }
}

extension MachineConfiguration {
  /// `machine.nodeTaints`, each written `value:Effect` or `Effect`.
  fileprivate var taints: [Taint] {
    nodeTaints.sorted { $0.key < $1.key }.compactMap { key, text in
      let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
      guard let effect = parts.last.flatMap(Taint.Effect.init) else { return nil }
      return Taint(key, value: parts.count == 2 ? parts[0] : "", effect)
    }
  }
}
