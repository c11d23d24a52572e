import ArgumentParser

/// How a command tells what it does and what it found.
struct OutputOptions: ParsableArguments, Sendable {
  enum Format: String, ExpressibleByArgument, CaseIterable, Sendable { case text, json }

  @Option(name: [.customShort("o"), .long], help: "The form of the result on standard output: text or json.")
  var output: Format = .text

  @Flag(name: .long, help: "Also tell every probe and every command line.")
  var verbose = false
}

/// How a run is told while it goes on.
struct EventOptions: ParsableArguments, Sendable {
  enum Stream: String, ExpressibleByArgument, CaseIterable, Sendable { case text, ndjson }

  @Option(name: .long, help: "How the run is told on standard error: text, or one JSON object a line (ndjson).")
  var events: Stream = .text
}

/// How a run tells what it does.
struct Narration: Sendable, Hashable {
  var stream = EventOptions.Stream.text
  /// Whether every probe and every command line is told.
  var isVerbose = false
}

extension Narration {
  init(_ output: OutputOptions, _ events: EventOptions) {
    self.init(stream: events.events, isVerbose: output.verbose)
  }
}
