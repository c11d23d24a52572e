package import ZeroTouchModel

/// What a run did, as a table: a row a step, in the plan's order.
package struct RunReport: Sendable, Hashable {
  package struct Row: Sendable, Hashable {
    package let stage: String
    package let node: String?
    /// `done` where the step did something, `found` where nothing was to be done.
    package let state: String
    package let duration: Duration
    /// The gate it waited for longest, with the last reason seen.
    package let waitedFor: String?
  }

  package let cluster: String
  package let rows: [Row]
  package let elapsed: Duration

  init(plan: BootstrapPlan, tally: RunTally, elapsed: Duration) {
    cluster = plan.cluster
    self.elapsed = elapsed
    rows = plan.steps.map { step in
      let end = tally.ends[step.id]
      return Row(
        stage: step.stage, node: step.node, state: end?.end.name ?? "not started", duration: end?.elapsed ?? .zero,
        waitedFor: tally.wait(of: step.id).map { "\($0.gate): \($0.reason)" })
    }
  }

  /// How many steps changed something; 0 after a run over a finished world, apart from what is made anew.
  package func changed(in stages: Set<String>) -> Int {
    rows.count { $0.state == "done" && stages.contains($0.stage) }
  }

  /// The report as JSON, with stable keys.
  package var json: JSONValue {
    let rows = rows.map { row -> JSONValue in
      var value: JSONValue = [
        "stage": .string(row.stage), "state": .string(row.state), "seconds": .double(row.duration.inSeconds),
      ]
      value["node"] = row.node.map { .string($0) }
      value["waitedFor"] = row.waitedFor.map { .string($0) }
      return value
    }
    return ["cluster": .string(cluster), "seconds": .double(elapsed.inSeconds), "steps": .array(rows)]
  }
}
