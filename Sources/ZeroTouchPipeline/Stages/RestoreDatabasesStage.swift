import ZeroTouchModel
import ZeroTouchTools

/// Sees to it that databases come back from their archives: those that run are written down before they are wiped, and
/// before anything is made anew Git has to say from where each is restored.
///
/// Not earlier: as long as the old cluster lives, it carries out what is committed, and fills the next archive too.
enum RestoreDatabasesStage {
  static let record = StepID("record-databases")
  static let check = StepID("check-restores")

  private static func file(_ renewal: Renewal, _ bootstrap: Bootstrap) -> String {
    bootstrap.workspace.path("renewals/databases/\(renewal.began).json")
  }

  static func recording(_ renewal: Renewal, _ bootstrap: Bootstrap) -> Step {
    let path = file(renewal, bootstrap)
    // Where the cluster says nothing, nobody knows, and an empty file says that.
    let silent = [
      "refused", "Unable to connect", "doesn't have a resource type", "no such file", "EOF", "timeout", "timed out",
      "no route", "unreachable", "reset by peer", "Error from server", "Error loading config", "invalid configuration",
    ]
    return Step(
      record, "write down which databases run", needs: [RebuildStage.begin],
      probe: Probe([.file(path)]) { answers in
        switch answers.first {
        case .contents: .done("it was done when the rebuild began")
        case .absent: .missing("nobody has looked")
        default: nil
        }
      },
      action: Action(missing: [
        .run(
          bootstrap.kubectl.list("clusters.postgresql.cnpg.io", .allNamespaces), capture: path,
          tolerating: silent.map { Tolerance($0, meaning: "nobody knows which ran") })
      ]))
  }

  static func checking(_ renewal: Renewal, _ bootstrap: Bootstrap) -> Step {
    let claims = bootstrap.databases
    return Step(
      check, "see that every database says where it is restored from", needs: [RebuildStage.forget],
      probe: Probe([.file(file(renewal, bootstrap))]) { answers in
        guard let answer = answers.first else { return nil }
        let running = answer.contents.flatMap(ArchivedDatabase.running)
        let problems = claims.filter { $0.isStranded(after: running) }.map(\.problem)
        guard problems.isEmpty else {
          return Observation(.foreign, "\(problems.count) archive(s) would be refused", problems: problems)
        }
        return .done(claims.isEmpty ? "no database archives" : "\(claims.count) database(s) find an empty archive")
      },
      action: Action(missing: [], foreign: .refuse("commit what is missing, and run the same command again")))
  }
}
