/// The command lines of `kubectl`; every one carries its own kubeconfig, the user's is never looked at.
package struct Kubectl: Sendable, Hashable {
  /// The name under which zerotouch owns fields.
  package static let fieldManager = "zerotouch"

  package let kubeconfig: String

  package init(kubeconfig: String) { self.kubeconfig = kubeconfig }

  /// Asks whether the API server is ready.
  package var readyz: ToolInvocation { call(["get", "--raw", "/readyz"], deadline: .seconds(15)) }

  /// Asks client and server for their versions.
  package var version: ToolInvocation { call(["version", "-o", "json"], deadline: .seconds(15)) }

  /// Reads any path of the API.
  package func raw(_ path: String) -> ToolInvocation { call(["get", "--raw", path], deadline: .seconds(30)) }

  /// Reads one object.
  package func get(_ resource: String, _ name: String, _ scope: KubernetesScope = .cluster) -> ToolInvocation {
    call(["get", resource, name] + scope.arguments + ["-o", "json"], deadline: .seconds(30))
  }

  /// Reads one object with the managers of its fields.
  package func getWithManagers(
    _ resource: String, _ name: String, _ scope: KubernetesScope = .cluster
  ) -> ToolInvocation {
    call(
      ["get", resource, name] + scope.arguments + ["--show-managed-fields", "-o", "json"], deadline: .seconds(30))
  }

  /// Asks whether an object exists, without printing anything of it: Secrets stay unseen.
  package func exists(_ resource: String, _ name: String, _ scope: KubernetesScope = .cluster) -> ToolInvocation {
    call(["get", resource, name] + scope.arguments + ["-o", "name"], deadline: .seconds(30))
  }

  /// Lists objects.
  package func list(
    _ resource: String, _ scope: KubernetesScope = .cluster, selector: String? = nil
  ) -> ToolInvocation {
    call(
      ["get", resource] + scope.arguments + (selector.map { ["-l", $0] } ?? []) + ["-o", "json"],
      deadline: .seconds(60))
  }

  /// Lists objects and then prints every change, until its caller ends it.
  package func watch(_ resource: String, _ scope: KubernetesScope = .cluster) -> ToolInvocation {
    call(
      ["get", resource] + scope.arguments + ["--watch", "--output-watch-events", "-o", "json"], deadline: nil)
  }

  /// Runs a command in a container.
  package func exec(
    pod: String, namespace: String, container: String, _ command: [String], effect: ToolInvocation.Effect = .reads
  ) -> ToolInvocation {
    call(["exec", pod, "-n", namespace, "-c", container, "--"] + command, effect: effect, deadline: .seconds(30))
  }

  /// Reads the last lines that a container printed, in its present run or the one before.
  package func logs(
    pod: String, namespace: String, container: String, isPrevious: Bool = false, lines: Int = 20
  ) -> ToolInvocation {
    call(
      ["logs", pod, "-n", namespace, "-c", container, "--tail=\(lines)"] + (isPrevious ? ["--previous"] : []),
      deadline: .seconds(30))
  }

  /// Asks whether these credentials may do something.
  package func canI(_ verb: String, _ resource: String, _ scope: KubernetesScope = .cluster) -> ToolInvocation {
    call(["auth", "can-i", verb, resource] + scope.arguments, deadline: .seconds(15))
  }

  func call(
    _ arguments: [String], input: ToolInvocation.Input = .none, effect: ToolInvocation.Effect = .reads,
    deadline: Duration?
  ) -> ToolInvocation {
    ToolInvocation(
      "kubectl", ["--kubeconfig", kubeconfig] + arguments, input: input, effect: effect, deadline: deadline)
  }
}
