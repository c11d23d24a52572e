package import ZeroTouchManifests
package import ZeroTouchTools

/// The cluster that Secrets are put into.
package struct InjectionTarget: Sendable, Hashable {
  package let kubectl: Kubectl
  /// The Applications that Git holds: what they bring is ours as well.
  package let applications: Set<String>

  package init(kubectl: Kubectl, applications: Set<String>) {
    self.kubectl = kubectl
    self.applications = applications
  }

  /// Reads the cluster's copy, with who wrote what of it.
  package func get(_ injection: SecretInjection) -> ToolInvocation {
    kubectl.getWithManagers("secret", injection.name, .namespace(injection.namespace))
  }

  /// Writes it in place. Taking over a value that somebody set by hand is meant: the table is the one owner.
  package var apply: ToolInvocation { kubectl.apply(.none, forceConflicts: true) }
}
