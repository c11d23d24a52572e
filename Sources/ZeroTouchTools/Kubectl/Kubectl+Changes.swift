extension Kubectl {
  /// Applies manifests server-side, as the field manager `zerotouch`; repeating it changes nothing.
  ///
  /// - Parameter forceConflicts: Whether fields of other managers are taken over.
  package func apply(_ manifests: ToolInvocation.Input, forceConflicts: Bool = false) -> ToolInvocation {
    let conflicts = forceConflicts ? ["--force-conflicts"] : []
    let arguments = ["apply", "--server-side", "--field-manager=\(Self.fieldManager)"] + conflicts
    if case .file(let path) = manifests {
      return call(arguments + ["-f", path], effect: .mutates, deadline: .seconds(180))
    }
    return call(arguments + ["-f", "-"], input: manifests, effect: .mutates, deadline: .seconds(180))
  }

  /// Asks the server what applying a file would change; status 0 says nothing, 1 something, more that nobody can tell.
  package func difference(_ file: String) -> ToolInvocation {
    call(
      ["diff", "--server-side", "--field-manager=\(Self.fieldManager)", "--force-conflicts", "-f", file],
      deadline: .seconds(180))
  }

  /// Deletes a Node object; one that is gone already is no error.
  package func deleteNode(_ name: String) -> ToolInvocation {
    call(["delete", "node", name, "--ignore-not-found"], effect: .mutates, deadline: .seconds(60))
  }

  /// Moves the pods of a node elsewhere, as far as their budgets allow; what a DaemonSet runs stays.
  package func drain(_ name: String) -> ToolInvocation {
    call(
      ["drain", name, "--ignore-daemonsets", "--delete-emptydir-data", "--timeout=300s"], effect: .mutates,
      deadline: .seconds(330))
  }

  /// Sets labels; nil removes one.
  package func label(
    _ resource: String, _ name: String, _ scope: KubernetesScope = .cluster, _ labels: [String: String?]
  ) -> ToolInvocation {
    mark("label", resource, name, scope, labels)
  }

  /// Sets annotations; nil removes one.
  package func annotate(
    _ resource: String, _ name: String, _ scope: KubernetesScope = .cluster, _ annotations: [String: String?]
  ) -> ToolInvocation {
    mark("annotate", resource, name, scope, annotations)
  }

  /// Reads every object that stands in files, as the cluster has it; those that it does not have are left out, and where
  /// it has none, nothing is printed.
  package func get(objectsIn files: [String]) -> ToolInvocation {
    call(["get"] + files.flatMap { ["-f", $0] } + ["--ignore-not-found", "-o", "json"], deadline: .seconds(60))
  }

  /// Takes an annotation off every object that stands in files.
  package func removeAnnotation(_ key: String, fromObjectsIn files: [String]) -> ToolInvocation {
    call(
      ["annotate"] + files.flatMap { ["-f", $0] } + ["--field-manager=\(Self.fieldManager)", "\(key)-"],
      effect: .mutates, deadline: .seconds(180))
  }

  /// Merges a file into an object; a null in it takes a key away.
  package func merge(
    _ resource: String, _ name: String, _ scope: KubernetesScope = .cluster, file: String
  ) -> ToolInvocation {
    call(
      ["patch", resource, name] + scope.arguments + [
        "--type=merge", "--field-manager=\(Self.fieldManager)", "--patch-file", file,
      ], effect: .mutates, deadline: .seconds(60))
  }

  /// Merges a text into an object; a null in it takes a key away.
  package func merge(
    _ resource: String, _ name: String, _ scope: KubernetesScope = .cluster, patch: String
  ) -> ToolInvocation {
    call(
      ["patch", resource, name] + scope.arguments + [
        "--type=merge", "--field-manager=\(Self.fieldManager)", "--patch-file", "/dev/stdin",
      ], input: .text(patch), effect: .mutates, deadline: .seconds(60))
  }

  /// Starts the pods of a workload anew, such as an operator that came up before the kinds it looks for.
  package func restart(_ resource: String, _ name: String, namespace: String) -> ToolInvocation {
    call(["rollout", "restart", "\(resource)/\(name)", "-n", namespace], effect: .mutates, deadline: .seconds(30))
  }

  private func mark(
    _ verb: String, _ resource: String, _ name: String, _ scope: KubernetesScope, _ values: [String: String?]
  ) -> ToolInvocation {
    let words = values.sorted { $0.key < $1.key }.map { key, value in value.map { "\(key)=\($0)" } ?? "\(key)-" }
    return call(
      [verb, resource, name] + scope.arguments + ["--overwrite", "--field-manager=\(Self.fieldManager)"] + words,
      effect: .mutates, deadline: .seconds(30))
  }
}
