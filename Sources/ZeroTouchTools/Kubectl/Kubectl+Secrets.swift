extension Kubectl {
  /// Deletes an object and waits until it is gone; one that is gone already is no error.
  package func delete(_ resource: String, _ name: String, _ scope: KubernetesScope = .cluster) -> ToolInvocation {
    call(
      ["delete", resource, name] + scope.arguments + ["--ignore-not-found"], effect: .mutates, deadline: .seconds(60))
  }

  /// Lists objects with who set which of their fields.
  package func listWithManagers(_ resource: String, _ scope: KubernetesScope = .cluster) -> ToolInvocation {
    call(["get", resource] + scope.arguments + ["--show-managed-fields", "-o", "json"], deadline: .seconds(60))
  }

  /// Lists the events about one object, the oldest first.
  package func events(about kind: String, _ name: String, namespace: String) -> ToolInvocation {
    call(
      [
        "get", "events", "-n", namespace, "--field-selector",
        "involvedObject.kind=\(kind),involvedObject.name=\(name)", "--sort-by=.lastTimestamp", "-o", "json",
      ], deadline: .seconds(30))
  }

  /// Waits until a workload's new pods have taken the places of the old ones.
  package func rolloutStatus(_ resource: String, _ name: String, namespace: String) -> ToolInvocation {
    call(
      ["rollout", "status", "\(resource)/\(name)", "-n", namespace, "--timeout=300s"], deadline: .seconds(310))
  }
}
