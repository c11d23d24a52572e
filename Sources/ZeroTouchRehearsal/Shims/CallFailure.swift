/// Why a command of a simulated tool failed: its text on standard error; the exit status is always 1.
struct CallFailure: Error, Sendable {
  let message: String
  /// What was printed before.
  var output = ""

  /// Whether it is the API's that there is no such object.
  var isNotFound: Bool { message.contains("(NotFound)") }

  init(_ message: String, output: String = "") {
    self.message = message
    self.output = output
  }
}
