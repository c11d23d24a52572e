import Foundation
package import ZeroTouchTools

/// What happens to certain calls of programs, because a fault wants it so.
package struct CallHazard: Sendable, Hashable {
  /// Every one of these stands in the program's words.
  package var words: [String]
  /// When it happens, in the world's time.
  package var during: Range<Duration>
  /// How many of the calls it meets; all where nil.
  package var times: Int?
  package var effect: CallEffect

  package init(
    _ words: [String], _ effect: CallEffect, times: Int? = nil, during: Range<Duration> = .zero..<CallHazard.ever
  ) {
    (self.words, self.effect, self.times, self.during) = (words, effect, times, during)
  }

  /// Longer than anything lasts.
  package static let ever = Duration.seconds(1_000_000)

  func meets(_ invocation: ToolInvocation, at now: Duration, before count: Int) -> Bool {
    guard during.contains(now), times.map({ count < $0 }) ?? true else { return false }
    let line = [invocation.tool] + invocation.arguments
    return words.allSatisfy { word in line.contains { $0 == word } }
  }
}

/// What becomes of one call of a program.
package enum CallEffect: Sendable, Hashable {
  /// It fails before it has done anything.
  case refused(ToolOutput)
  /// It is done, and the answer never arrives.
  case replyLost(ToolOutput)
  /// It never ends, until somebody ends it.
  case hangs
  /// It is done, so much later.
  case slow(Duration)
  /// It goes on for so long, prints this, and ends well: a watch whose server closes it.
  case closes(after: Duration, printing: String)

  /// A failure in the program's own words.
  package static func fails(_ text: String, status: Int32 = 1) -> CallEffect {
    .refused(ToolOutput(status: status, standardError: Data("\(text)\n".utf8)))
  }

  /// The same where the call has taken effect.
  package static func losesReply(_ text: String, status: Int32 = 1) -> CallEffect {
    .replyLost(ToolOutput(status: status, standardError: Data("\(text)\n".utf8)))
  }
}

extension CallEffect {
  /// Whether the call takes effect, and nobody hears so.
  var losesReply: Bool { if case .replyLost = self { true } else { false } }
}
