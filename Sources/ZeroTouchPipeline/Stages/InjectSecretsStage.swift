import ZeroTouchModel
import ZeroTouchSecrets
import ZeroTouchTools

/// Puts the first secrets where GitOps will look for them, before it looks.
package enum InjectSecretsStage: Stage {
  package static let name = "inject-secrets"

  package static func steps(of bootstrap: Bootstrap) -> [Step] {
    let rows = InjectionTable.rows(for: bootstrap.spec)
    guard !rows.isEmpty else { return [] }
    return [
      Step(
        id, "inject \(rows.map { "\($0.namespace)/\($0.name)" }.joined(separator: ", "))",
        needs: [KubernetesAPIStage.id], probe: probe(rows, bootstrap),
        action: Action(missing: rows.map { .inject($0, apply(bootstrap)) }), expected: ExpectedDuration(.localTool))
    ]
  }

  /// Whether the cluster holds exactly what the table says; only names of keys ever leave the comparison.
  private static func probe(_ rows: [SecretInjection], _ bootstrap: Bootstrap) -> Probe {
    Probe(rows.map { question($0, bootstrap) }, asksAll: true) { answers in
      guard answers.count == rows.count else { return nil }
      let seen = answers.map { answer -> Observation in
        if case .observation(let observation) = answer { observation } else { .unreachable(answer.complaint) }
      }
      return seen.first { $0.state == .unreachable } ?? seen.first { $0.state != .done } ?? seen.last
    }
  }

  static func question(_ row: SecretInjection, _ bootstrap: Bootstrap) -> Question {
    .injected(row, compare: bootstrap.kubectl.get("secret", row.name, .namespace(row.namespace)))
  }

  private static func apply(_ bootstrap: Bootstrap) -> ToolInvocation {
    // Rotating takes over a value that somebody set by hand: the table is the one owner.
    bootstrap.kubectl.apply(.none, forceConflicts: true)
  }
}
