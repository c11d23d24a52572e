import ZeroTouchModel
package import ZeroTouchSecrets
import ZeroTouchTools

/// Puts the first secrets where GitOps will look for them, before it looks.
package enum InjectSecretsStage: Stage {
  package static let name = "inject-secrets"

  package static func id(_ row: SecretInjection) -> StepID { StepID(name, row.name) }

  package static func ids(of bootstrap: Bootstrap) -> [StepID] { InjectionTable.rows(for: bootstrap.spec).map(id) }

  package static func steps(of bootstrap: Bootstrap) -> [Step] {
    InjectionTable.rows(for: bootstrap.spec).map { row in
      Step(
        id(row), "inject the Secret \(row.namespace)/\(row.name)", needs: [KubernetesAPIStage.id],
        probe: probe(row, bootstrap), action: Action(missing: [.inject(row, apply(bootstrap))]),
        expected: ExpectedDuration(.localTool))
    }
  }

  /// Whether the cluster holds exactly what the table says; only names of keys ever leave the comparison.
  static func probe(_ row: SecretInjection, _ bootstrap: Bootstrap) -> Probe {
    Probe([question(row, bootstrap)]) { answers in
      if case .observation(let seen) = answers.first { seen } else { answers.first.map { .unreachable($0.complaint) } }
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
