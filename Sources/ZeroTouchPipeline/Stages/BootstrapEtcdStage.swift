import ZeroTouchModel
import ZeroTouchReadiness
import ZeroTouchTools

/// Bootstraps etcd once, on the first control plane by name, after every other one was asked whether it holds data.
///
/// Bootstrapping a second machine would make a second cluster, and Talos does not refuse it. So a control plane that
/// holds data ends the matter: the first one then joins it. One that says nothing counts as empty only where this very
/// run has seen it without a configuration; otherwise the step waits for its answer and fails closed.
package enum BootstrapEtcdStage: Stage {
  package static let name = "bootstrap-etcd"

  package static func steps(of bootstrap: Bootstrap) -> [Step] {
    guard let first = bootstrap.spec.controlPlanes.first else { return [] }
    let healthy = Operation.wait(bootstrap.gates.etcdHealthyNamingMajority(first))
    return [
      Step(
        id, "bootstrap etcd on \(first.name)", needs: [ApplyConfigStage.id(first)],
        probe: probe(first, others: Array(bootstrap.spec.controlPlanes.dropFirst()), bootstrap),
        action: Action(
          missing: [
            .run(
              bootstrap.talosctl.bootstrap(first.address),
              tolerating: [Tolerance("etcd data directory is not empty", meaning: "it was bootstrapped before")]),
            healthy,
          ],
          different: .perform([healthy]),
          unreachable: .askAgain(within: RealWorld.maintenanceBoot.declared.pessimistic * 3),
          foreign: .refuse(Self.ruins(bootstrap.spec.name))),
        expected: ExpectedDuration(.etcdBootstrap))
    ]
  }

  private static func probe(_ first: Node, others: [Node], _ bootstrap: Bootstrap) -> Probe {
    let talosctl = bootstrap.talosctl
    let own: [Question] = [.gate(bootstrap.gates.etcdHealthy(first)), .run(talosctl.service("etcd", first.address))]
    let rest = others.flatMap { node -> [Question] in
      [
        .run(talosctl.service("etcd", node.address)), .run(Talosctl.Maintenance.machineStatus(node.address)),
        .step(InstallOSStage.id(node)),
      ]
    }
    let remains: [Question] =
      [.file(bootstrap.kubeconfig)] + bootstrap.spec.workers.map { .step(InstallOSStage.id($0)) }
    return Probe(own + rest + remains) { answers in judge(answers, first, others, bootstrap) }
  }

  private static func judge(
    _ answers: [Answer], _ first: Node, _ others: [Node], _ bootstrap: Bootstrap
  ) -> Observation? {
    guard let gate = answers.first else { return nil }
    if case .gate(.open(let reason)) = gate { return .done(reason) }
    guard answers.count > 1 else { return nil }
    guard let state = TalosAnswer.serviceState(answers[1]) else { return .unreachable(answers[1].complaint) }
    if state == "Running" { return .different("etcd runs on \(first.name) and is not healthy yet") }
    let asked = 2 + others.count * 3
    guard answers.count == asked + 1 + bootstrap.spec.workers.count else { return nil }
    let verdicts = others.enumerated().map { index, node in
      verdict(Array(answers[(2 + index * 3)..<(5 + index * 3)]), node)
    }
    return verdicts.first { $0.state == .different } ?? verdicts.first { $0.state == .unreachable }
      ?? remains(answers.dropFirst(asked), bootstrap)
      ?? .missing("etcd waits on \(first.name)" + (others.isEmpty ? "" : "; every other control plane is empty"))
  }

  /// What is left of a cluster whose etcd is gone; nil where there was none. A new etcd under what is left would make
  /// its machines work for two clusters.
  private static func remains(_ answers: ArraySlice<Answer>, _ bootstrap: Bootstrap) -> Observation? {
    if answers.first?.contents?.isEmpty == false {
      let file = bootstrap.kubeconfig
      return .foreign("`\(file)` opens a cluster of this name, and no control plane holds its etcd any more")
    }
    let running = zip(bootstrap.spec.workers, answers.dropFirst()).filter { _, answer in
      if case .observation(let seen) = answer { seen.saw.hasPrefix(InstallOSStage.seenConfigured) } else { false }
    }.map(\.0.name)
    guard !running.isEmpty else { return nil }
    return .foreign("no control plane holds an etcd, and \(running.joined(separator: ", ")) ran in a cluster before")
  }

  static func ruins(_ cluster: String) -> String {
    "what is left of a cluster is not put under a new one; make all of it anew, with the same secrets: "
      + "zerotouch rebuild --confirm \(cluster)"
  }

  private static func verdict(_ answers: [Answer], _ node: Node) -> Observation {
    if let state = TalosAnswer.serviceState(answers[0]) {
      return state == "Running" ? .different("etcd of \(node.name) runs already") : .missing("empty")
    }
    if TalosAnswer(insecure: answers[1]) == .maintenance { return .missing("empty") }
    if case .observation(let seen) = answers[2],
      seen.state == .missing || seen.saw == InstallOSStage.seenInMaintenance
    {
      return .missing("this run found it without a configuration")
    }
    return .unreachable(
      "\(node.name) does not answer, so nobody knows whether it holds an etcd: \(answers[0].complaint)")
  }
}
