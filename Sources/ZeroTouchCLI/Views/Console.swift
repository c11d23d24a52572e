import Foundation
import ZeroTouchModel

/// The two places words go to: results to standard output, narration to standard error.
/// The only file that prints, and the last one that takes secrets out.
struct Console: Sendable {
  /// Whether narration may use colour and redraw.
  let isInteractive: Bool
  /// Whether results may use colour.
  let coloursResults: Bool

  private let concealment: Concealment

  init(environment: [String: String], concealment: Concealment) {
    self.concealment = concealment
    let allowsColour = environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
    isInteractive = allowsColour && isatty(STDERR_FILENO) == 1
    coloursResults = allowsColour && isatty(STDOUT_FILENO) == 1
  }

  /// Writes what was asked for, with a line feed.
  func result(_ text: String) { write(text, to: STDOUT_FILENO) }

  /// Writes what is going on, with a line feed.
  func narrate(_ text: String) { write(text, to: STDERR_FILENO) }

  /// Says which stand-ins take the places of fetched artifacts, where some do.
  func announce(_ standIns: [String]) {
    guard !standIns.isEmpty else { return }
    narrate("stand-ins, for want of the fetched artifacts: \(standIns.joined(separator: ", "))")
  }

  private func write(_ text: String, to descriptor: Int32) {
    var rest = Data((concealment.redact(text) + "\n").utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      guard written > 0 else { return }  // whoever read has gone
      rest = rest.dropFirst(written)
    }
  }
}
