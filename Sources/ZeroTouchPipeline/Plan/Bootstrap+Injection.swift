import ZeroTouchManifests
package import ZeroTouchModel

extension Bootstrap {
  /// Where Secrets are put, and what else there is of this repository.
  package var injectionTarget: InjectionTarget {
    InjectionTarget(
      kubectl: kubectl,
      applications: Set(applications.applications.map(\.name)).union([RootApplicationStage.application]))
  }

  /// Only the injection of secrets, behind the checks of what it needs: what Git holds does not matter to it.
  package var injectionPlan: BootstrapPlan { injection(of: InjectionTable.rows(for: spec)) }

  /// Only the injection of the Secrets that are called by one of these words; of all where there is none.
  package func injecting(only words: [String]) throws(InvalidInput) -> BootstrapPlan {
    let rows = InjectionTable.rows(for: spec)
    for word in words where !rows.contains(where: { $0.isCalled(word) }) {
      let known = rows.map { "`\($0.part.rawValue)` (\($0.title))" }.joined(separator: ", ")
      throw InvalidInput([
        Diagnostic(
          "the spec has no secret called `\(word)` to inject",
          remedy: rows.isEmpty ? "add it to `secrets` in zerotouch.yaml" : "name one of \(known)")
      ])
    }
    let chosen = words.isEmpty ? rows : rows.filter { row in words.contains { row.isCalled($0) } }
    return injection(of: chosen)
  }

  private func injection(of rows: [SecretInjection]) -> BootstrapPlan {
    let steps = [PreflightStage.injection(self, rows)] + InjectSecretsStage.steps(of: self, rows)
    return BootstrapPlan(cluster: spec.name, steps: steps).anchored(at: PreflightStage.id)
  }
}
