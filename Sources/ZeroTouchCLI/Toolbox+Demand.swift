import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

extension Toolbox {
  /// Ends the command, before it has done anything, where a program is missing or will not do.
  func demand(of tools: any ToolRunner) async throws {
    let problems = await inspect(by: tools).compactMap(\.problem).filter { $0.severity == .error }
    guard problems.isEmpty else { throw PipelineError.preflight(problems) }
  }
}
