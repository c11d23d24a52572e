import ArgumentParser
import ZeroTouchPipeline

/// Which steps are meant.
struct SelectionOptions: ParsableArguments {
  @Option(name: .long, help: "Only this step, by id or stage, and everything that builds on it.")
  var from: String?

  @Option(name: .long, help: "Only this step and everything that it builds on.")
  var until: String?

  @Option(name: .long, help: "Only this step; may be repeated. What it needs counts as done.")
  var only: [String] = []

  var selection: StepSelection { StepSelection(from: from, until: until, only: only) }
}
