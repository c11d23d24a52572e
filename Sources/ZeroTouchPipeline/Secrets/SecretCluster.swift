package import Foundation
import ZeroTouchModel
package import ZeroTouchTools

/// A cluster whose secrets are looked at: what is asked of it, and with which patience.
package struct SecretCluster: Sendable {
  private static let betweenQuestions = Duration.seconds(1)
  let tools: any ToolRunner
  let kubectl: Kubectl
  let clock: RunClock
  let now: @Sendable () -> Date
  /// How long anything is waited for.
  let patience: Duration

  package init(
    tools: any ToolRunner, kubectl: Kubectl, clock: any Clock<Duration>, patience: Duration = .seconds(60),
    now: @escaping @Sendable () -> Date
  ) {
    self.tools = tools
    self.kubectl = kubectl
    self.clock = RunClock(clock)
    self.patience = patience
    self.now = now
  }

  /// Everything of the chain, read side by side.
  package func chain() async throws -> SecretChain {
    async let stores = items(kubectl.list(ObservedSecretStore.resources, .allNamespaces))
    async let externals = externals()
    async let secrets = items(kubectl.list("secrets", .allNamespaces))
    async let pods = items(kubectl.list("pods", .allNamespaces))
    async let events = items(kubectl.list("events", .allNamespaces))
    return try await SecretChain(
      stores: stores.compactMap { ObservedSecretStore($0) }, externals: externals, secrets: secrets, pods: pods,
      events: events, now: now())
  }

  func externals() async throws -> [ObservedExternalSecret] {
    try await items(kubectl.list(ObservedExternalSecret.resource, .allNamespaces)).compactMap {
      ObservedExternalSecret($0)
    }
  }

  func items(_ invocation: ToolInvocation) async throws -> [JSONValue] {
    try ObjectList(parsing: try await tools.succeed(invocation)).items
  }

  /// One object; nil where there is none.
  func object(_ resource: String, _ name: String, _ scope: KubernetesScope) async throws -> JSONValue? {
    let invocation = kubectl.getWithManagers(resource, name, scope)
    let output = try await tools.run(invocation)
    if output.status == 0 { return try JSONValue(parsing: output.standardOutput) }
    guard output.errorText.contains("NotFound") else { throw ToolError.exited(invocation, output) }
    return nil
  }

  /// Asks every second until there is an answer; nil once patience is over.
  func waitFor<Answer: Sendable>(
    atMost bound: Duration? = nil, _ question: @Sendable () async throws -> Answer?
  ) async throws -> Answer? {
    let deadline = clock.elapsed + (bound ?? patience)
    while true {
      if let answer = try await question() { return answer }
      guard clock.elapsed < deadline else { return nil }
      try await clock.sleep(for: Self.betweenQuestions)
    }
  }
}
