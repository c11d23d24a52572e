/// The answers of a recording that are left, by the words that they answer.
struct RecordedAnswers: Sendable {
  private struct Left {
    var calls: [RecordedCall] = []
    var last: RecordedCall?
  }

  private var left: [[String]: Left] = [:]
  private(set) var served = 0

  init(_ calls: [RecordedCall]) {
    for call in calls.sorted(by: { $0.at < $1.at }) { left[call.words, default: Left()].calls.append(call) }
  }

  /// The next answer to these words: that of the same input, where there is one. Nobody cancelled in a replay what was
  /// cancelled in the run, so that a look that may be repeated sees the last answer that came.
  mutating func take(_ words: [String], _ input: String?, mayRepeat: Bool) -> RecordedCall? {
    guard var held = left[words] else { return nil }
    guard !held.calls.isEmpty else { return mayRepeat ? held.last : nil }
    let index = held.calls.firstIndex { $0.input == input } ?? 0
    let call = held.calls.remove(at: index)
    if call.end != .cancelled { held.last = call }
    left[words] = held
    served += 1
    return call
  }
}
