import ZeroTouchModel
import ZeroTouchTools

extension PreflightStage {
  /// One check a program, as the toolbox of the run demands it.
  static func toolChecks(_ toolbox: Toolbox) -> [Check] {
    toolbox.requirements.map { requirement in
      Check(question: .run(requirement.tool.versionQuestion)) { answer in
        let verdict: ToolVerdict? =
          switch answer {
          case .output(let output): requirement.judge(.success(output))
          case .failed(let error): requirement.judge(.failure(error))
          case .contents, .absent, .gate, .node, .observation: nil
          }
        return [verdict?.problem].compactMap(\.self)
      }
    }
  }
}
