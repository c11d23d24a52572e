import Foundation
import ZeroTouchManifests
package import ZeroTouchModel

/// A plan as it was when somebody looked at it: each step with what it would do and what the world had.
package struct SavedPlan: Sendable, Hashable {
  private struct Entry: Sendable, Hashable {
    /// What the step asks and does, as a sum.
    let description: String
    /// What its probe saw.
    let state: String
  }

  package let cluster: String
  private let entries: [String: Entry]

  /// The steps of a plan with what was seen of each.
  package init(_ plan: BootstrapPlan, _ sightings: [PipelineObserver.Sighting]) {
    let states = Dictionary(sightings.map { ($0.step, $0.observation.state.rawValue) }, uniquingKeysWith: { $1 })
    cluster = plan.cluster
    entries = Dictionary(
      plan.steps.map { step in
        let sum = SHA256.hexadecimal(of: Data(step.json.text().utf8))
        return (step.id.description, Entry(description: sum, state: states[step.id] ?? ""))
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Reads what `json` wrote; nil where the text is no saved plan.
  package init?(parsing text: String) {
    guard let value = try? JSONValue(parsing: text.utf8), let cluster = value["cluster"]?.stringValue,
      value["kind"] == "SavedPlan", let steps = value["steps"]?.arrayValue
    else { return nil }
    self.cluster = cluster
    entries = Dictionary(
      steps.compactMap { step in
        guard let id = step["id"]?.stringValue, let sum = step["sha256"]?.stringValue else { return nil }
        return (id, Entry(description: sum, state: step["state"]?.stringValue ?? ""))
      }, uniquingKeysWith: { first, _ in first })
  }

  package var json: JSONValue {
    let steps = entries.sorted { $0.key < $1.key }.map { id, entry -> JSONValue in
      ["id": .string(id), "sha256": .string(entry.description), "state": .string(entry.state)]
    }
    return ["kind": "SavedPlan", "cluster": .string(cluster), "steps": .array(steps)]
  }

  /// The plan's steps that were saved.
  package func narrow(_ plan: BootstrapPlan) -> BootstrapPlan {
    plan.removing { entries[$0.id.description] == nil }
  }

  /// What is otherwise now, in words; empty where the plan still holds.
  package func differences(to now: SavedPlan) -> [String] {
    let ids = Set(entries.keys).union(now.entries.keys).sorted()
    return (cluster == now.cluster ? [] : ["it is a plan of `\(cluster)`, not of `\(now.cluster)`"])
      + ids.compactMap { id in
        guard let was = entries[id] else { return "`\(id)` was not in the plan" }
        guard let now = now.entries[id] else { return "`\(id)` is no step any more" }
        if was.description != now.description { return "`\(id)` would do something else" }
        return was.state == now.state ? nil : "`\(id)` was \(was.state) and is \(now.state)"
      }
  }
}

extension BootstrapPlan {
  /// The steps that would change something outside of the state directory, by what was seen of them.
  package func pending(_ sightings: [PipelineObserver.Sighting]) -> [StepID] {
    let states = Dictionary(sightings.map { ($0.step, $0.observation.state) }, uniquingKeysWith: { $1 })
    return steps.filter { step in
      states[step.id].map { step.action.response(to: $0).operations.contains(where: \.mutates) } ?? false
    }.map(\.id)
  }
}
