import ZeroTouchManifests
import ZeroTouchModel

/// Puts the first secrets where GitOps will look for them, before it looks.
package enum InjectSecretsStage: Stage {
  package static let name = "inject-secrets"

  package static func steps(of bootstrap: Bootstrap) -> [Step] {
    steps(of: bootstrap, InjectionTable.rows(for: bootstrap.spec))
  }

  static func steps(of bootstrap: Bootstrap, _ rows: [SecretInjection]) -> [Step] {
    guard !rows.isEmpty else { return [] }
    return [
      Step(
        id, "inject \(rows.map(\.title.description).joined(separator: ", "))",
        needs: [KubernetesAPIStage.id], probe: probe(rows, bootstrap),

        action: Action(missing: rows.map { .inject($0, bootstrap.injectionTarget) }, foreign: .refuse(handover)),
        expected: ExpectedDuration(.localTool))
    ]
  }

  /// Whether the cluster holds exactly what the table says; only names of keys ever leave the comparison.
  private static func probe(_ rows: [SecretInjection], _ bootstrap: Bootstrap) -> Probe {
    Probe(rows.map { question($0, bootstrap) }, asksAll: true) { answers in
      guard answers.count == rows.count else { return nil }
      let seen = answers.map { answer -> Observation in
        if case .observation(let observation) = answer { observation } else { .unreachable(answer.complaint) }
      }
      return seen.first { $0.state == .foreign } ?? seen.first { $0.state == .unreachable } ?? seen.first {
        $0.state != .done
      } ?? seen.last
    }
  }

  static func question(_ row: SecretInjection, _ bootstrap: Bootstrap) -> Question {
    .injected(row, bootstrap.injectionTarget)
  }

  /// What to do where somebody else makes a Secret of the table.
  static let handover =
    "one Secret has one maker: take that one away, or the part of `secrets` in zerotouch.yaml; nothing was written"
}
