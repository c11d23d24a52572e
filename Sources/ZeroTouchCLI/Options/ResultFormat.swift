import ArgumentParser

/// The form of a result, for commands that have nothing to tell on the way.
struct ResultFormat: ParsableArguments, Sendable {
  @Option(name: [.customShort("o"), .long], help: "The form of the result on standard output: text or json.")
  var output: OutputOptions.Format = .text
}
