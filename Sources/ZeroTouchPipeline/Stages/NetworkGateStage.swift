import ZeroTouchModel

/// Waits for a network that really works; nothing that needs pods starts before.
package enum NetworkGateStage: Stage {
  package static let name = "network-gate"

  package static func steps(of bootstrap: Bootstrap) -> [Step] {
    let gates = bootstrap.gates.network
    return [
      Step(
        id, "wait for the network", needs: [KubernetesAPIStage.id], probe: .gates(gates),
        action: Action(missing: gates.map { .wait($0) }),
        expected: bootstrap.ownsMachines
          ? ExpectedDuration(.nodeRegistration, .imagePull, .containerStart, .imagePull, .containerStart)
          : ExpectedDuration(.imagePull, .containerStart))
    ]
  }
}
