/// The part that zerotouch plays when ssh asks a question: it gives the one password that a file holds, and answers
/// nothing else.
package struct Askpass: Sendable, Hashable {
  /// The variable that names the file; ssh hands it on to the program it asks.
  package static let variable = "ZEROTOUCH_ASKPASS"

  package enum Answer: Sendable, Hashable {
    /// The file whose first line is the answer.
    case contents(of: String)
    /// What is said on standard error instead.
    case refusal(String)
  }

  private let question: String
  private let file: String

  /// Nil where the program was not started by ssh to answer a question.
  package init?(_ commandLine: [String], environment: [String: String]) {
    guard let file = environment[Self.variable], environment["SSH_ASKPASS"] != nil, commandLine.count == 2 else {
      return nil
    }
    question = commandLine[1]
    self.file = file
  }

  /// A password for a password, an explanation for everything else: a passphrase or a question about a host's key must
  /// not be given somebody's password.
  package var answer: Answer {
    if question.contains("assphrase for key") {
      return .refusal(
        "the private key\(quoted) has a passphrase\n  load it first: ssh-add FILE; or name a key without one")
    }
    guard question.hasSuffix("assword: "), !file.isEmpty else {
      return .refusal("ssh asks \(question.inOneLine), which nobody answers")
    }
    return .contents(of: file)
  }

  private var quoted: String {
    let parts = question.split(separator: "'", omittingEmptySubsequences: false)
    return parts.count >= 3 ? " `\(parts[1])`" : ""
  }
}
