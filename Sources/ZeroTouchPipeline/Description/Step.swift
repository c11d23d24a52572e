/// One step of a bootstrap: what it needs, how it looks at the world, and what follows from what it sees.
package struct Step: Sendable {
  package let id: StepID
  /// What the step does, in words: `write Talos to the disk of cp01`.
  package let title: String
  /// The steps that have to be done before; an id that no step of the plan has counts as done.
  package var needs: [StepID]
  package let probe: Probe
  package var action: Action
  /// What the step takes in the real world.
  package let expected: ExpectedDuration
  /// Steps that it does not need in order to start, and after which alone its expectation holds.
  package let expectedAfter: [StepID]
  /// How the failure of this step is to be understood.
  package let severity: Severity

  /// What a failed step means for the run's exit status.
  package enum Severity: String, Sendable, Hashable { case preflight, ordinary, verdict }

  package init(
    _ id: StepID, _ title: String, needs: [StepID] = [], probe: Probe, action: Action,
    expected: ExpectedDuration = ExpectedDuration(), expectedAfter: [StepID] = [], severity: Severity = .ordinary
  ) {
    self.id = id
    self.title = title
    self.needs = needs
    self.probe = probe
    self.action = action
    self.expected = expected
    self.expectedAfter = expectedAfter
    self.severity = severity
  }

  package var stage: String { id.stage }
  package var node: String? { id.node }
}
