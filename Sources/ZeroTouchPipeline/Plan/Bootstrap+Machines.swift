package import ZeroTouchModel
import ZeroTouchTools

extension Bootstrap {
  /// Only the installation of machines; a machine that fails leaves the others alone.
  package func installPlan(_ names: Set<String>) -> BootstrapPlan {
    let nodes = spec.nodes.filter { names.contains($0.name) }
    return plan(InstallOSStage.steps(of: self), names, behind: PreflightStage.installing(nodes, self))
  }

  /// Only a look at the disks of machines.
  package func surveyPlan(_ names: Set<String>) -> BootstrapPlan {
    plan(DiskSurveyStage.steps(of: self), names, behind: PreflightStage.surveying(self))
  }

  /// The file that holds what a machine said of its disks.
  package func disksFile(of node: Node) -> String { workspace.path("disks/\(node.name).json") }

  /// The file that holds what Talos said of what lies on them.
  package func volumesFile(of node: Node) -> String { workspace.path("disks/\(node.name).volumes.json") }

  /// These steps of some machines, right behind the checks of what they need.
  private func plan(_ steps: [Step], _ names: Set<String>, behind preflight: Step) -> BootstrapPlan {
    let chosen = steps.filter { $0.node.map(names.contains) ?? false }.map { step in
      var copy = step
      copy.needs = [PreflightStage.id]
      return copy
    }
    var plan = BootstrapPlan(cluster: spec.name, steps: [preflight] + chosen)
    plan.isolatesNodes = true
    return plan
  }
}
