/// What follows from what a probe saw.
package struct Action: Sendable {
  private let responses: [Observation.State: Response]

  /// Performs the operations where the thing is missing and, unless told otherwise, where it is different;
  /// refuses to touch what is foreign, and asks an unreachable world again for a while.
  package init(
    missing: [Operation], different: Response? = nil, unreachable: Response = .askAgain(within: .seconds(60)),
    foreign: Response = .refuse("look at what is there; zerotouch changes nothing that it did not make")
  ) {
    responses = [
      .done: .leave, .missing: .perform(missing), .different: different ?? .perform(missing), .foreign: foreign,
      .unreachable: unreachable,
    ]
  }

  package func response(to state: Observation.State) -> Response { responses[state] ?? .leave }

  /// The same with another response to one observation.
  package func responding(to state: Observation.State, with response: Response) -> Action {
    Action(responses: responses.merging([state: response]) { $1 })
  }

  private init(responses: [Observation.State: Response]) { self.responses = responses }

  /// What the step would do, as far as it is known before anybody looked: the longest way.
  package var operations: [Operation] { response(to: .missing).operations }
}

/// A step's answer to an observation.
package enum Response: Sendable {
  /// Nothing is to be done.
  case leave
  case perform([Operation])
  /// Probes again until something else is seen; gives up after the bound.
  case askAgain(within: Duration)
  /// Fails without touching anything, and says what to do.
  case refuse(String)

  package var operations: [Operation] { if case .perform(let operations) = self { operations } else { [] } }
}
