import ZeroTouchManifests
package import ZeroTouchPipeline
package import ZeroTouchRehearsal
package import ZeroTouchSecrets

/// What all simulated runs share and none changes: the cluster wanted, the machines, and what programs answer that only
/// work on files.
package struct SimulationGround: Sendable {
  package let bootstrap: Bootstrap
  package let scenario: Scenario
  package let tools: RememberedTools
  package let errands: RememberedErrands
  package let secrets: SecretResolver
  /// Where the runs keep their state, each in a folder of its own.
  package let directory: String
  /// What the manifests and configurations are read as, which hardly differ between the runs.
  let texts = YAMLMemory()

  package init(
    bootstrap: Bootstrap, scenario: Scenario, tools: RememberedTools, errands: RememberedErrands,
    secrets: SecretResolver, directory: String
  ) {
    self.bootstrap = bootstrap
    self.scenario = scenario
    self.tools = tools
    self.errands = errands
    self.secrets = secrets
    self.directory = directory
  }
}
