package import ZeroTouchModel
package import ZeroTouchTools

/// The gates that ask machines through the Talos API.
package struct TalosGates: Sendable {
  private let talosctl: Talosctl
  private let bounds: GateBounds

  package init(talosctl: Talosctl, bounds: GateBounds = GateBounds()) {
    self.talosctl = talosctl
    self.bounds = bounds
  }

  /// The machine booted Talos and waits for its first configuration.
  package func maintenance(_ node: Node) -> Gate {
    let question = Talosctl.Maintenance.machineStatus(node.address)
    return Gate(
      .talosMaintenance, subject: node.name, title: "\(node.name) runs Talos in maintenance mode",
      sources: [.poll(question)], bound: bounds[.talosMaintenance]
    ) { observations in
      observations.answer(to: question).judged(Self.judgeMaintenance)
    }
  }

  /// The machine runs with its configuration; a control plane's etcd is waiting to be bootstrapped, or runs.
  package func configured(_ node: Node) -> Gate {
    let status = talosctl.machineStatus(node.address)
    let etcd = talosctl.service("etcd", node.address)
    let isControlPlane = node.role == .controlPlane
    return Gate(
      .talosConfigured, subject: node.name, title: "\(node.name) runs with its configuration",
      sources: isControlPlane ? [.poll(status), .poll(etcd)] : [.poll(status)], bound: bounds[.talosConfigured]
    ) { observations in
      let answer = observations.answer(to: status).judged(Self.judgeConfigured)
      guard answer.lets, isControlPlane else { return answer }
      return observations.answer(to: etcd).judged(Self.judgeEtcdPrepared)
    }
  }

  /// Talos on the control plane has let go of inline manifests, by the ids they have in Talos.
  package func withoutManifests(_ node: Node, _ ids: Set<String>) -> Gate {
    let question = talosctl.manifests(node.address)
    return Gate(
      .handedOver, subject: node.name, title: "Talos on \(node.name) holds no inline manifests",
      sources: [.poll(question)], bound: bounds[.handedOver]
    ) { observations in
      observations.answer(to: question).judged { Self.judgeWithoutManifests($0, ids) }
    }
  }

  /// etcd runs on the control plane and is healthy.
  package func etcdHealthy(_ node: Node) -> Gate {
    let question = talosctl.service("etcd", node.address)
    return Gate(
      .etcdHealthy, subject: node.name, title: "etcd is healthy on \(node.name)", sources: [.poll(question)],
      bound: bounds[.etcdHealthy]
    ) { observations in
      observations.answer(to: question).judged(Self.judgeEtcdHealthy)
    }
  }

  /// The same, which says while it is closed also that the majority of the members is gone. Who waits asks for it, and
  /// who looks once does not: before it is bootstrapped, etcd takes half a minute to say nothing of its members.
  package func etcdHealthyNamingMajority(_ node: Node) -> Gate {
    let (gate, members) = (etcdHealthy(node), talosctl.etcdMembers(node.address))
    let service = talosctl.service("etcd", node.address)
    return Gate(
      gate.name, subject: gate.subject, title: gate.title, sources: gate.sources + [.poll(members)], bound: gate.bound
    ) { observations in
      observations.answer(to: service).judged {
        Self.judgeEtcdHealthy($0, asked: observations.answer(to: members))
      }
    }
  }

  /// Every control plane is a voting member of one etcd, as seen from `node`.
  package func etcdMembers(_ count: Int, from node: Node) -> Gate {
    let question = talosctl.etcdMembers(node.address)
    return Gate(
      .etcdMembers, title: "etcd has \(count) members", sources: [.poll(question)], bound: bounds[.etcdMembers]
    ) { observations in
      observations.answer(to: question).judged { Self.judgeMembers($0, count) { $0.count } }
    }
  }

  /// One control plane is a voting member of etcd, as seen from `node`.
  package func etcdMember(_ member: Node, from node: Node) -> Gate {
    let question = talosctl.etcdMembers(node.address)
    return Gate(
      .etcdMembers, subject: member.name, title: "\(member.name) is a member of etcd", sources: [.poll(question)],
      bound: bounds[.etcdMembers]
    ) { observations in
      observations.answer(to: question).judged { output in
        Self.judgeMembers(output, 1) { members in members.count { $0.hostname == member.name } }
      }
    }
  }
}
