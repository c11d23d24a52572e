import ZeroTouchModel
import ZeroTouchReadiness
import ZeroTouchTools

extension Bootstrap {
  /// Only the steps that add workers to a cluster that runs; among them, one of every kind is judged by Talos's check.
  /// A worker that fails leaves the others alone.
  package func joinPlan(workers names: Set<String>) -> BootstrapPlan {
    let plan = plan().joining(workers: names)
    let own = spec.nodes.filter { names.contains($0.name) }
    let rendered = Dictionary(RenderStage.machines(own, self).map { ($0.id, $0) }) { first, _ in first }
    let nodes = Dictionary(own.map { (InstallOSStage.id($0), $0) }) { first, _ in first }
    var joining = BootstrapPlan(
      cluster: plan.cluster,
      steps: plan.steps.map { step in
        var copy = step
        copy.action = rendered[step.id]?.action ?? step.action
        if let node = nodes[step.id] { return copy.asking(step.probe.refusingTakenName(of: node, by: kubectl)) }
        return step.id == PreflightStage.id ? PreflightStage.joining(own, self) : copy
      })
    joining.isolatesNodes = true
    return joining
  }
}

extension Probe {
  /// The same, where a machine that holds nothing may not take the name of a node that works.
  fileprivate func refusingTakenName(of node: Node, by kubectl: Kubectl) -> Probe {
    // The name is asked for first: what the machine itself answers decides how far it is asked.
    Probe([.node(node.name, by: kubectl)] + questions) { answers in
      guard let first = answers.first, let seen = judge(Array(answers.dropFirst())) else { return nil }
      guard seen.state == .missing || seen.saw == InstallOSStage.seenInMaintenance else { return seen }
      guard case .node(.seen(let found)) = first, let registered = found, registered.isReady else { return seen }
      let places = registered.addresses.isEmpty ? "" : " at \(registered.addresses.joined(separator: ", "))"
      return .foreign("a node named `\(node.name)` works already\(places), and \(node.address) is \(seen.saw)")
    }
  }
}

extension Step {
  fileprivate func asking(_ probe: Probe) -> Step {
    let taken = "correct the name or the address; `zerotouch nodes remove` takes an old node out"
    return Step(
      id, title, needs: needs, probe: probe,
      action: action.responding(to: .foreign, with: .refuse(taken)), expected: expected,
      expectedAfter: expectedAfter, severity: severity)
  }
}
