import ZeroTouchModel
import ZeroTouchTools

/// Asks programs one question each, and writes down that it did.
struct Inquiry: Sendable {
  /// What came of a question.
  struct Reply: Sendable {
    /// Nil where the program did not end by itself.
    let output: ToolOutput?
    /// Why there is no good answer, in a line.
    let reason: String

    /// The answer of a program that ended well.
    var good: ToolOutput? { output?.status == 0 ? output : nil }
  }

  private let tools: any ToolRunner
  let notes: ExaminationNotes

  init(_ tools: any ToolRunner, _ notes: ExaminationNotes) { (self.tools, self.notes) = (tools, notes) }

  /// Runs a program that only reads; one that would change anything is not run.
  func ask(_ question: ToolInvocation) async -> Reply {
    guard question.effect == .reads, !Task.isCancelled else { return Reply(output: nil, reason: "it was not asked") }
    var bounded = question
    bounded.deadline = min(question.deadline ?? Examiner.patience, Examiner.patience)
    do throws(ToolError) {
      let output = try await tools.run(bounded)
      notes.note(.init(command: "\(bounded)", status: output.status, error: output.errorText.inOneLine))
      return Reply(output: output, reason: Self.words(of: output, question))
    } catch {
      let reason = "\(error)".inOneLine
      notes.note(.init(command: "\(bounded)", status: nil, error: reason))
      return Reply(output: nil, reason: reason)
    }
  }

  /// What a program says on standard error, without its logging.
  private static func words(of output: ToolOutput, _ question: ToolInvocation) -> String {
    question.tool == "talosctl"
      ? ToolFailure(talosctl: output.errorText).words : ToolFailure(kubectl: output.errorText).words
  }
}
