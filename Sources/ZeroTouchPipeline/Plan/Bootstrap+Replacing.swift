import ZeroTouchModel

extension Bootstrap {
  /// The same bootstrap as the replacement of a node: one that has not ended goes on, and else one begins at `moment`.
  ///
  /// One that has ended is only begun again by who names it as the one `after` which another is wanted.
  package func replacing(_ name: String, at moment: String, after last: String? = nil) -> Bootstrap {
    var copy = self
    if let known = renewals.nodes[name], known.began != last || !known.isFinished {
      copy.renewing = .node(name, known)
    } else {
      copy.renewing = .node(name, Renewal(began: moment))
    }
    return copy
  }

  /// One node out of the cluster and back into it; the others are left alone. Nothing of it is done where the node was
  /// replaced before, but what is missing of its joining.
  package var replacementPlan: BootstrapPlan {
    guard case .node(let name, let renewal) = renewing, let node = spec.nodes.first(where: { $0.name == name }) else {
      return BootstrapPlan(cluster: spec.name, steps: [])
    }
    let joining = node.role == .worker ? joinPlan(workers: [name]) : rejoining(node)
    guard !renewal.isFinished else { return joining }
    let rendered = [RenderStage.keptID(self), RenderStage.id(node)]
    let before = ReplaceNodeStage.steps(node, in: renewal, needs: rendered, self)
    let steps = joining.steps.map { step in
      var copy = step
      if step.id == InstallOSStage.id(node) { copy.needs += before.map(\.id).suffix(1) }
      return copy
    }
    let last = steps.filter { step in !steps.contains { $0.needs.contains(step.id) } }.map(\.id)
    return BootstrapPlan(
      cluster: spec.name, steps: steps + before + [ReplaceNodeStage.finishing(node, renewal, needs: last, self)])
  }

  /// Only the steps that bring one control plane back into a cluster that runs.
  private func rejoining(_ node: Node) -> BootstrapPlan {
    let stages: Set = [
      PreflightStage.name, RenderStage.name, RenderStage.encryptName, InstallOSStage.name, ApplyConfigStage.name,
    ]
    let plan = plan().removing { step in
      !stages.contains(step.stage) || (step.node != nil && step.node != node.name)
    }
    let known = Set(plan.steps.map(\.id))
    let kept = plan.steps.map(RenderStage.keepingPKI).map { step in
      var copy = step
      copy.needs = step.needs.filter(known.contains)
      return copy
    }
    return BootstrapPlan(cluster: spec.name, steps: kept + [JoinControlPlaneStage.returning(node, self)])
  }
}
