extension Bootstrap {
  /// Only the injection of secrets, behind the checks of what it needs: what Git holds does not matter to it.
  package var injectionPlan: BootstrapPlan {
    let plan = plan().injecting
    let check = PreflightStage.injection(self)
    return BootstrapPlan(cluster: plan.cluster, steps: plan.steps.map { $0.id == check.id ? check : $0 })
  }
}
