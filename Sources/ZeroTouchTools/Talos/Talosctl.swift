package import ZeroTouchModel

/// The command lines of `talosctl` that speak to configured nodes: mutual TLS with a talosconfig of our own.
///
/// Every call names one node as endpoint and target, because a dead node among several hides behind exit status 0,
/// and none relies on a default that could mean another cluster.
package struct Talosctl: Sendable, Hashable {
  package let talosconfig: String

  package init(talosconfig: String) { self.talosconfig = talosconfig }

  /// How long a machine may take to say its stage. talosctl itself tries for 20 s to reach a machine that is silent,
  /// which would keep the many that answer waiting for their turn.
  package static let patience: Duration = .seconds(5)

  /// Asks for the stage of the machine.
  package func machineStatus(_ node: IPAddress) -> ToolInvocation {
    call(node, ["get", "machinestatus", "-o", "json"], deadline: Self.patience)
  }

  /// Asks the state of one service, such as `etcd`.
  package func service(_ name: String, _ node: IPAddress) -> ToolInvocation {
    call(node, ["service", name], deadline: .seconds(30))
  }

  /// Asks for the states of all services.
  package func services(_ node: IPAddress) -> ToolInvocation { call(node, ["service"], deadline: .seconds(30)) }

  /// Asks for the members of etcd as this node knows them. An etcd that was not bootstrapped yet says nothing until the
  /// deadline.
  package func etcdMembers(_ node: IPAddress, within deadline: Duration = .seconds(30)) -> ToolInvocation {
    call(node, ["etcd", "members"], deadline: deadline)
  }

  /// Asks which manifests the node applies to the cluster; the table names them without their contents.
  package func manifests(_ node: IPAddress) -> ToolInvocation {
    call(node, ["get", "manifests"], deadline: .seconds(30))
  }

  /// Asks what stands in one of these manifests.
  package func manifest(_ id: String, _ node: IPAddress) -> ToolInvocation {
    call(node, ["get", "manifests", id, "-o", "json"], deadline: .seconds(30))
  }

  /// Asks for one of the annotations that the machine's configuration gives its node. Its key is the resource's id, and
  /// only an administrator may read it (Talos 1.13.9: NodeAnnotationSpecs.k8s.talos.dev, sensitive).
  package func nodeAnnotation(_ key: String, _ node: IPAddress) -> ToolInvocation {
    call(node, ["get", "nodeannotationspecs", key, "-o", "json"], deadline: Self.patience)
  }

  /// Takes a member that is gone for good out of etcd, through one that runs. It takes exactly the id, in the sixteen
  /// hexadecimal digits of the table of members (talosctl 1.13.9: `etcd remove-member <member ID>`, ParseMemberID).
  package func removeEtcdMember(_ id: String, through node: IPAddress) -> ToolInvocation {
    call(node, ["etcd", "remove-member", id], effect: .mutates, deadline: .seconds(60))
  }

  /// Asks for the version of client and node.
  package func version(_ node: IPAddress) -> ToolInvocation {
    call(node, ["version", "--short"], deadline: .seconds(30))
  }

  /// Asks for the disks of the machine.
  package func disks(_ node: IPAddress) -> ToolInvocation {
    call(node, ["get", "disks", "-o", "json"], deadline: .seconds(30))
  }

  /// Asks what lies on the disks of the machine: file systems, partitions, tables of them (Talos 1.8 and later).
  package func volumes(_ node: IPAddress) -> ToolInvocation {
    call(node, ["get", "discoveredvolumes", "-o", "json"], deadline: .seconds(30))
  }

  /// Gives a configured node another configuration; without a mode, Talos decides whether to reboot.
  package func applyConfiguration(_ file: String, to node: IPAddress, mode: String? = nil) -> ToolInvocation {
    call(
      node, ["apply-config", "-f", file] + (mode.map { ["--mode", $0] } ?? []), effect: .mutates,
      deadline: .seconds(60))
  }

  /// Bootstraps etcd; exactly one control plane of a cluster may ever be asked to.
  package func bootstrap(_ node: IPAddress) -> ToolInvocation {
    call(node, ["bootstrap"], effect: .mutates, deadline: .seconds(60))
  }

  /// Writes the cluster's kubeconfig to `file`, beside nothing that is there: merging renames contexts.
  package func kubeconfig(from node: IPAddress, to file: String) -> ToolInvocation {
    call(node, ["kubeconfig", "--merge=false", "-f", file], deadline: .seconds(60))
  }

  /// Wipes state and data and reboots into maintenance mode; Talos itself stays installed.
  package func reset(_ node: IPAddress, graceful: Bool) -> ToolInvocation {
    call(
      node,
      [
        "reset", "--graceful=\(graceful)", "--reboot", "--system-labels-to-wipe", "STATE",
        "--system-labels-to-wipe", "EPHEMERAL", "--timeout", "5m",
      ], effect: .mutates, deadline: .seconds(330))
  }

  private func call(
    _ node: IPAddress, _ arguments: [String], effect: ToolInvocation.Effect = .reads, deadline: Duration
  ) -> ToolInvocation {
    ToolInvocation(
      "talosctl", ["--talosconfig", talosconfig, "-e", "\(node)", "-n", "\(node)"] + arguments, effect: effect,
      place: .machine, deadline: deadline)
  }
}
