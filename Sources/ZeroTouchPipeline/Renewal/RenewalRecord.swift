import Foundation

/// The two steps between which a renewal is under way, as its file remembers.
enum RenewalRecord {
  static func beginning(_ id: StepID, _ renewal: Renewal, at path: String, needs: [StepID]) -> Step {
    Step(
      id, "write down that it begins", needs: needs,
      probe: Probe([.file(path)]) { answers in
        guard let file = answers.first else { return nil }
        return remembered(file.contents, renewal) ?? .missing("nothing was begun")
      },
      action: Action(
        missing: [.write(renewal.text, to: path)],
        foreign: .refuse("nothing was touched; look with zerotouch journal, and run the command again")))
  }

  /// What an earlier run wrote down; nil where this one has yet to begin.
  static func remembered(_ data: Data?, _ renewal: Renewal) -> Observation? {
    guard let found = Renewal(data) else { return nil }
    if found.began == renewal.began { return .done("it began at \(found.began)") }
    return found.isFinished ? nil : .foreign("another one began at \(found.began) and has not ended")
  }

  static func finishing(_ id: StepID, _ renewal: Renewal, at path: String, needs: [StepID]) -> Step {
    Step(
      id, "write down that it has ended", needs: needs,
      probe: Probe([.file(path)]) { answers in
        guard let file = answers.first else { return nil }
        return Renewal(file.contents)?.isFinished == true ? .done("it has") : .missing("it is under way")
      },
      action: Action(missing: [.write(renewal.finished.text, to: path)]))
  }
}
