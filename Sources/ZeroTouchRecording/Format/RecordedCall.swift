/// One start of a program, and what it answered.
package struct RecordedCall: Codable, Sendable, Equatable {
  /// Something that it printed, and when, in seconds since it started.
  package struct Said: Codable, Sendable, Equatable {
    package let after: Double
    package let text: String
    package let isError: Bool

    package init(after: Double, text: String, isError: Bool) {
      (self.after, self.text, self.isError) = (after, text, isError)
    }
  }

  /// How it ended.
  package enum End: Codable, Sendable, Equatable {
    case exited(Int32)
    case notFound
    case notExecutable(path: String)
    case notStarted(reason: String)
    case timedOut(seconds: Double)
    case tooMuchOutput(limit: Int)
    /// Nobody waited for it any more.
    case cancelled
  }

  /// The program's name and its arguments.
  package let words: [String]
  /// What stands for its standard input: equal inputs have the same; nil where there was none, or a secret.
  package let input: String?
  /// When it started and how long it took, in seconds of the run's time.
  package let at: Double
  package let took: Double
  package let said: [Said]
  package let end: End
  /// The files that it left in the run's folders.
  package let files: [RecordedFile]

  package init(
    words: [String], input: String?, at: Double, took: Double, said: [Said], end: End, files: [RecordedFile]
  ) {
    (self.words, self.input, self.at, self.took) = (words, input, at, took)
    (self.said, self.end, self.files) = (said, end, files)
  }
}
