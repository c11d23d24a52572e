/// The catalogue as the page that docs hold.
package enum FailurePage {
  package static var markdown: String {
    let rows = FailureCatalogue.all.map { failure in
      let cells = [
        "`\(failure.id)`", failure.symptom, failure.cause + (failure.nature == .normal ? " (nothing is wrong)" : ""),
        failure.remedy, failure.source,
      ]
      return "| \(cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ")) |"
    }
    return """
      # Failures, their causes and what to do

      Made by `zerotouch diagnose --catalogue`: the failures that zerotouch knows by name, from the machine upwards. When
      a gate is not reached, and by `zerotouch diagnose` at any time, pods, events, the scheduler's messages, the last
      lines of containers, nodes, Applications and the services of Talos are matched against them.

      | failure | what one sees | cause | what to do | known from |
      |---|---|---|---|---|
      \(rows.joined(separator: "\n"))
      """
  }
}
