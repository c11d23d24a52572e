import ZeroTouchModel

extension Bootstrap {
  /// The same bootstrap as a rebuild: one that has not ended goes on, and else one begins at `moment`.
  ///
  /// One that has ended is never begun again by the command that made it: a laptop may have died before it said so.
  /// Only who names it as the one `after` which another is wanted gets another.
  package func rebuilding(at moment: String, after last: String? = nil) -> Bootstrap {
    var copy = self
    if let known = renewals.cluster, known.began != last || !known.isFinished {
      copy.renewing = .cluster(known)
    } else {
      copy.renewing = .cluster(Renewal(began: moment))
    }
    return copy
  }

  /// Every machine back to where nothing is on it, the same secrets, and then the bootstrap as it always is; after a
  /// rebuild that has ended, the bootstrap alone.
  package var rebuildPlan: BootstrapPlan {
    let plan = plan()
    guard case .cluster(let renewal) = renewing, !renewal.isFinished else { return plan }
    let rendered = [RenderStage.keptID(self)] + spec.nodes.map(RenderStage.id)
    let first = [
      RebuildStage.beginning(renewal, needs: rendered, self), RestoreDatabasesStage.recording(renewal, self),
    ]
    let resets = spec.nodes.map { ResetMachineStage.step($0, in: renewal, needs: [RestoreDatabasesStage.record], self) }
    let rest = plan.steps.filter { !Self.isMade($0) }
    let before = plan.steps.filter(Self.isMade).map(RenderStage.keepingPKI)
    let steps =
      before + first + resets + [RebuildStage.forgetting(self), RestoreDatabasesStage.checking(renewal, self)]
      + rest.map(behindResets)
      + [RebuildStage.finishing(renewal, self)]
    return BootstrapPlan(cluster: plan.cluster, steps: steps)
  }

  /// Whether a step comes before anything is touched.
  private static func isMade(_ step: Step) -> Bool {
    [PreflightStage.name, RenderStage.name, RenderStage.encryptName].contains(step.stage)
  }

  /// No machine is given anything of the new cluster while another one holds any of the old.
  private func behindResets(_ step: Step) -> Step {
    var copy = step
    if step.stage == InstallOSStage.name { copy.needs += [StepID(ResetMachineStage.name, step.node)] }
    if step.stage == ApplyConfigStage.name { copy.needs += [RestoreDatabasesStage.check] }
    return copy
  }
}
