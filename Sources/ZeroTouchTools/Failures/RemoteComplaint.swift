/// What failed on a machine that was entered by ssh, without the many options it was entered with: those stand in the
/// journal, and would only hide the cause.
struct RemoteComplaint: CustomStringConvertible {
  private static let mark = "zerotouch: "
  private let destination: String
  private let output: ToolOutput

  /// Nil for a program of this laptop.
  init?(_ invocation: ToolInvocation, _ output: ToolOutput) {
    guard invocation.tool == "ssh", let end = invocation.arguments.firstIndex(of: "--"), end > 0 else { return nil }
    destination = invocation.arguments[end - 1]
    self.output = output
  }

  var description: String {
    let lines = output.errorText.split(whereSeparator: \.isNewline).map(String.init)
    guard let first = lines.firstIndex(where: { $0.hasPrefix(Self.mark) }) else {
      let text = "`ssh \(destination)` exited with status \(output.status): \(lines.joined(separator: "\n"))"
      return text + (SSHFailure(output)?.remedy.map { "\n  \($0)" } ?? "")
    }
    // What other programs said before comes behind, for it is the detail and not the cause.
    let said = lines[..<first].isEmpty ? [] : ["  what was said before: \(lines[..<first].joined(separator: "; "))"]
    let cause = "\(destination): \(lines[first].dropFirst(Self.mark.count))"
    return ([cause] + lines[(first + 1)...] + said).joined(separator: "\n")
  }
}
