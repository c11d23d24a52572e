import ZeroTouchModel
import ZeroTouchReadiness
import ZeroTouchTools

/// Fetches the kubeconfig and waits until the API server is ready.
package enum KubernetesAPIStage: Stage {
  package static let name = "kubernetes-api"

  package static func steps(of bootstrap: Bootstrap) -> [Step] {
    if bootstrap.spec.provider == .kind { return [ofKind(bootstrap)] }
    guard let first = bootstrap.spec.controlPlanes.first else { return [] }
    let gate = bootstrap.gates.kubernetesAPI
    let fetch = Operation.run(
      bootstrap.talosctl.kubeconfig(from: first.address, to: bootstrap.kubeconfig), produces: [bootstrap.kubeconfig])
    return [
      Step(
        id, "wait for the Kubernetes API", needs: [BootstrapEtcdStage.id],
        probe: Probe([.file(bootstrap.kubeconfig), .gate(gate)]) { answers in
          switch answers.last {
          case .absent: .missing("no kubeconfig yet")
          case .contents(let data) where data.isEmpty: .missing("no kubeconfig yet")
          case .gate(let answer): answer.lets ? .done(answer.reason) : .different(answer.reason)
          default: nil
          }
        },
        action: Action(missing: [fetch, .wait(gate)]), expected: ExpectedDuration(.kubernetesAPI))
    ]
  }

  /// kind wrote the kubeconfig itself; after the laptop slept, the API may need a while.
  private static func ofKind(_ bootstrap: Bootstrap) -> Step {
    let gate = bootstrap.gates.kubernetesAPI
    return Step(
      id, "wait for the Kubernetes API", needs: [CreateClusterStage.id], probe: .gates([gate]),
      action: Action(missing: [.wait(gate)]), expected: ExpectedDuration())
  }
}
