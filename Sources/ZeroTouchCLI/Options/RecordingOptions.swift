import ArgumentParser

/// Whether a run is recorded.
struct RecordingOptions: ParsableArguments, Sendable {
  @Option(
    name: .long,
    help: "Write what was asked and answered to this file, without secrets: for `zerotouch rehearse --replay`.")
  var record: String?
}

/// A command whose run can be recorded.
protocol Recordable: Subcommand {
  var recording: RecordingOptions { get }
}
