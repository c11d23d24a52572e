import Foundation
package import ZeroTouchModel

/// One start of an outside program: everything it is given, and nothing else.
package struct ToolInvocation: Sendable, Hashable, CustomStringConvertible {
  /// Whether the program changes anything outside the laptop's state directory.
  package enum Effect: String, Sendable, Hashable { case reads, mutates }

  /// Where the work is done. A program that waits for a machine costs the laptop next to nothing, so that very many
  /// may run side by side; what works on the laptop has only its cores, and images share one way in.
  package enum Place: String, Sendable, Hashable { case laptop, machine, image }

  /// What the program finds on its standard input.
  package enum Input: Sendable, Hashable {
    case none
    case text(String)
    case secret(Secret)
    /// The contents of a file of the workspace, by path.
    case file(String)
  }

  /// The program's name, as found on PATH.
  package var tool: String
  package var arguments: [String]
  package var input: Input
  /// Variables set beside the runner's own small environment.
  package var environment: [String: String]
  package var effect: Effect
  package var place: Place
  /// How long the program may run; nil for a watch that its caller ends, whose standard output is only observed:
  /// collecting it would fill the memory.
  package var deadline: Duration?

  package init(
    _ tool: String, _ arguments: [String], input: Input = .none, environment: [String: String] = [:],
    effect: Effect = .reads, place: Place = .laptop, deadline: Duration? = .seconds(60)
  ) {
    self.tool = tool
    self.arguments = arguments
    self.input = input
    self.environment = environment
    self.effect = effect
    self.place = place
    self.deadline = deadline
  }

  /// The command line as a person would type it; secrets never stand in it.
  package var description: String {
    let words = ([tool] + arguments).map(\.shellQuoted).joined(separator: " ")
    switch input {
    case .none: return words
    case .text: return "\(words) <stdin"
    case .secret: return "\(words) <redacted"
    case .file(let path): return "\(words) <\(path.shellQuoted)"
    }
  }
}

extension String {
  /// The text as one word of a POSIX shell.
  package var shellQuoted: String {
    let plain = !isEmpty && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:=@,+%".contains($0)) }
    return plain ? self : "'" + replacingOccurrences(of: "'", with: "'\\''") + "'"
  }
}
