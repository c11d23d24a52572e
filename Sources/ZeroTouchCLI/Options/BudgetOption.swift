import ArgumentParser
import ZeroTouchModel
import ZeroTouchPipeline

/// How long a bootstrap may take on real machines.
struct BudgetOption: ParsableArguments, Sendable {
  @Option(name: .long, help: "Fail (exit 1) when real machines would need longer than this, such as 15m.")
  var budget: Budget?

  struct Budget: ExpressibleByArgument, Sendable {
    let duration: Duration

    init?(argument: String) {
      guard let duration = Duration(words: argument) else { return nil }
      self.duration = duration
    }
  }

  /// Refuses a plan that the prediction says is too slow, with the steps to blame.
  func check(_ prediction: Prediction) throws {
    guard let budget, let excess = prediction.exceeds(budget.duration) else { return }
    let lines = excess.text.split(separator: "\n", maxSplits: 1).map(String.init)
    throw Refusal(.runFailed, lines[0], remedy: lines.dropFirst().joined().trimmingPrefix { $0 == " " }.description)
  }
}
