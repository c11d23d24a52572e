import ZeroTouchManifests
package import ZeroTouchModel
import ZeroTouchReadiness
import ZeroTouchTools

/// Takes a node out of a cluster: looks whether anything would be lost, drains it, resets its machine, deletes the Node.
package enum RemoveNodeStage {
  static let check = "check-removal"
  static let drain = "drain"
  static let reset = ResetMachineStage.name
  static let delete = "delete-node"

  /// The steps for one node; a machine that is gone for good is not asked to reset itself.
  package static func steps(_ node: Node, isGone: Bool, _ bootstrap: Bootstrap) -> [Step] {
    let checked = StepID(check, node.name)
    let drained = StepID(drain, node.name)
    let emptied = StepID(reset, node.name)
    let steps = [
      checking(checked, node, isGone: isGone, bootstrap),
      draining(drained, node, isGone: isGone, after: checked, bootstrap),
      deleting(node, after: isGone ? drained : emptied, bootstrap),
    ]
    return isGone ? steps : steps + [resetting(emptied, node, after: drained, bootstrap)]
  }

  private static func checking(_ id: StepID, _ node: Node, isGone: Bool, _ bootstrap: Bootstrap) -> Step {
    let other = bootstrap.spec.controlPlanes.first { $0.name != node.name }
    var questions: [Question] = [
      .run(bootstrap.kubectl.list("nodes")), .run(bootstrap.kubectl.list("persistentvolumes")),
    ]
    if node.role == .controlPlane, let other { questions.append(.run(bootstrap.talosctl.etcdMembers(other.address))) }
    return Step(
      id, "look whether \(node.name) can go",
      probe: Probe(questions, asksAll: true) { judge($0, node, isGone: isGone, bootstrap) },
      action: Action(
        missing: [], different: .refuse("nothing was touched"), unreachable: .refuse("nothing was touched")),
      severity: .preflight)
  }

  private static func judge(_ answers: [Answer], _ node: Node, isGone: Bool, _ bootstrap: Bootstrap) -> Observation {
    guard let nodes = answers.first?.success.flatMap({ ObservedNode.list(in: $0) }), answers.count > 1,
      let volumes = answers[1].success.flatMap({ try? JSONValue(parsing: $0.standardOutput) })
    else {
      let reason = answers.first { $0.success == nil }?.complaint ?? "kubectl printed no list"
      return Observation(
        .unreachable, reason,
        problems: [
          Diagnostic(
            "the Kubernetes API does not answer, so nobody knows what would be lost: \(reason)",
            remedy: "bring the API up first; nothing was touched")
        ])
    }
    var problems = lost(volumes, node)
    if node.role == .controlPlane {
      let members = answers.count > 2 ? answers[2].success.map { EtcdMember.members(in: $0.text) } : nil
      problems += quorum(nodes, members ?? [], node, bootstrap.spec)
      // Only the machine itself leaves etcd as it goes; one that is gone would be counted for ever.
      if isGone, problems.isEmpty { problems += leftBehind(members ?? [], node, bootstrap) }
    }
    if problems.isEmpty { return .done("nothing is lost with \(node.name)") }
    return .different(problems.map(\.message).joined(separator: "; "), problems: problems)
  }

  private static func leftBehind(_ members: [EtcdMember], _ node: Node, _ bootstrap: Bootstrap) -> [Diagnostic] {
    guard let member = members.first(where: { $0.hostname == node.name }),
      let other = bootstrap.spec.controlPlanes.first(where: { $0.name != node.name })
    else { return [] }
    return [
      Diagnostic(
        "\(node.name) is still counted as a member of etcd, which would outlive its Node",
        remedy: "take it out, and run again: \(bootstrap.talosctl.removeEtcdMember(member.id, through: other.address))")
    ]
  }

  /// Volumes that exist on this node alone go with its disk.
  static func lost(_ volumes: JSONValue, _ node: Node) -> [Diagnostic] {
    let claims = (volumes["items"]?.arrayValue ?? []).filter { volume in
      volume[path: "status", "phase"]?.stringValue == "Bound" && isBound(volume, to: node.name)
    }.map { volume in
      let claim = volume[path: "spec", "claimRef"]
      return "\(claim?["namespace"]?.stringValue ?? "")/\(claim?["name"]?.stringValue ?? "")"
    }.sorted()
    guard !claims.isEmpty else { return [] }
    return [
      Diagnostic(
        "\(claims.count) volume(s) lie on \(node.name) alone: \(claims.joined(separator: ", "))",
        remedy:
          "move or back up what they hold, delete the claims, and run again; a database's replica: remove it from its cluster first"
      )
    ]
  }

  private static func isBound(_ volume: JSONValue, to name: String) -> Bool {
    let terms = volume[path: "spec", "nodeAffinity", "required", "nodeSelectorTerms"]?.arrayValue ?? []
    let names = terms.flatMap { $0["matchExpressions"]?.arrayValue ?? [] }
      .filter { $0["key"]?.stringValue == "kubernetes.io/hostname" }
      .flatMap { $0["values"]?.arrayValue ?? [] }.compactMap(\.stringValue)
    return names == [name]
  }

  /// What is left has to be more than half of itself, and somebody has to answer at the cluster's address.
  private static func quorum(
    _ nodes: [ObservedNode], _ members: [EtcdMember], _ node: Node, _ spec: ClusterSpec
  ) -> [Diagnostic] {
    let others = members.filter { $0.hostname != node.name && !$0.isLearner }
    guard !others.isEmpty else {
      return [
        Diagnostic(
          "\(node.name) is the last member of etcd that is known: the cluster would be gone with it",
          remedy: "add another control plane first, or reset the cluster as a whole")
      ]
    }
    let ready = Set(nodes.filter(\.isReady).map(\.name))
    let alive = others.count { ready.contains($0.hostname) }
    var problems: [Diagnostic] = []
    if alive * 2 <= others.count {
      problems.append(
        Diagnostic(
          "of the other \(others.count) members of etcd \(alive) run: without \(node.name) there is no majority",
          remedy: "bring the others up first: zerotouch nodes list"))
    }
    if spec.endpoint.host == node.address.description {
      problems.append(endpoint(node))
    }
    return problems
  }

  static func endpoint(_ node: Node) -> Diagnostic {
    Diagnostic(
      "the cluster's endpoint is \(node.name)'s own address: nobody would answer there",
      remedy: "move `endpoint` to another control plane or a load balancer first")
  }

  private static func draining(
    _ id: StepID, _ node: Node, isGone: Bool, after: StepID, _ bootstrap: Bootstrap
  ) -> Step {
    Step(
      id, "move the pods of \(node.name) elsewhere", needs: [after],
      probe: Probe([.node(node.name, by: bootstrap.kubectl), DrainedNode.question(bootstrap.kubectl)]) { answers in
        guard case .node(let seen) = answers.first else { return nil }
        guard case .seen(let registered) = seen else { return .unreachable(answers[0].complaint) }
        guard let registered else { return .done("no Node of that name") }
        if isGone { return .done("the machine is gone, and its pods with it") }
        return answers.count < 2 ? nil : DrainedNode.judge(registered, answers[1])
      },
      action: Action(missing: [.run(bootstrap.kubectl.drain(node.name))]))
  }

  private static func resetting(_ id: StepID, _ node: Node, after: StepID, _ bootstrap: Bootstrap) -> Step {
    Step(
      id, "wipe state and data of \(node.name)", needs: [after],
      probe: Probe([
        .run(Talosctl.Maintenance.machineStatus(node.address)), .run(bootstrap.talosctl.machineStatus(node.address)),
      ]) { answers in
        guard let first = answers.first else { return nil }
        if TalosAnswer(insecure: first) == .maintenance { return .done(InstallOSStage.seenInMaintenance) }
        guard answers.count > 1 else { return nil }
        switch TalosAnswer(authenticated: answers[1]) {
        case .configured(let stage): return .missing("configured, \(stage)")
        case .otherCluster: return .foreign(bootstrap.stranger(node))
        default: return .unreachable(answers[1].complaint)
        }
      },
      action: Action(
        missing: ResetMachineStage.operations(node, graceful: true, bootstrap),
        unreachable: .refuse("if the machine is gone for good, run again with --gone; otherwise start it"),
        foreign: .refuse("name the machine's address with --address")),
      expected: ExpectedDuration(.maintenanceBoot))
  }

  private static func deleting(_ node: Node, after: StepID, _ bootstrap: Bootstrap) -> Step {
    Step(
      StepID(delete, node.name), "delete the Node \(node.name)", needs: [after],
      probe: Probe([.node(node.name, by: bootstrap.kubectl)]) { answers in
        guard case .node(let seen) = answers.first else { return nil }
        guard case .seen(let registered) = seen else { return .unreachable(answers[0].complaint) }
        return registered == nil ? .done("no Node of that name") : .missing("\(node.name) is registered")
      },
      action: Action(missing: [.run(bootstrap.kubectl.deleteNode(node.name))]))
  }
}

extension Bootstrap {
  /// Only the removal of one node.
  package func removalPlan(_ node: Node, isGone: Bool) -> BootstrapPlan {
    BootstrapPlan(cluster: spec.name, steps: RemoveNodeStage.steps(node, isGone: isGone, self))
  }
}
