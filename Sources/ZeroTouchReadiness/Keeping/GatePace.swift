/// How often the gate keeper looks and speaks.
package struct GatePace: Sendable, Hashable {
  /// Between two answers of a polled program, and before a failed look is repeated.
  package var interval: Duration
  /// Between two full lists beside a watch, which may lose an event without a word.
  package var relist: Duration
  /// Between two reports of a gate whose reason stays the same.
  package var heartbeat: Duration
  /// How many programs are polled side by side. Most of them wait for a machine that is silent, a few seconds each.
  package var polls: Int
  /// How many lists are fetched side by side.
  package var lists: Int

  package init(
    interval: Duration = .seconds(1), relist: Duration = .seconds(30), heartbeat: Duration = .seconds(10),
    polls: Int = 32, lists: Int = 8
  ) {
    self.interval = interval
    self.relist = relist
    self.heartbeat = heartbeat
    self.polls = polls
    self.lists = lists
  }

  /// The same with no more programs side by side than this, beside the watches that all gates share.
  package func bounded(by width: Int?) -> GatePace {
    guard let width else { return self }
    var pace = self
    (pace.polls, pace.lists) = (min(polls, width), min(lists, width))
    return pace
  }
}
