import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchRehearsal

extension RehearsalGround {
  /// Does what may find problems in the copied repository, and tells them of the files it was copied from: only those
  /// can be mended.
  func blaming<Value: Sendable>(
    _ original: RepositoryLayout, _ work: () async throws -> Value
  ) async throws -> Value {
    let renamed = { (text: String) in text.replacing(repository.root, with: original.root) }
    do { return try await work() } catch let invalid as InvalidInput {
      throw InvalidInput(
        invalid.diagnostics.map { problem in
          let place = problem.location.map {
            SourceLocation(file: renamed($0.file), line: $0.line, column: $0.column)
          }
          return Diagnostic(
            problem.severity, at: place, renamed(problem.message), remedy: renamed(problem.remedy))
        })
    } catch let refusal as Refusal {
      throw Refusal(refusal.status, renamed(refusal.message), remedy: renamed(refusal.remedy))
    }
  }
}
