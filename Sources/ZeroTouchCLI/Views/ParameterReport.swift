import ZeroTouchModel
import ZeroTouchSecrets

/// What a push found and did, by name.
struct ParameterReport: Sendable {
  let place: ParameterStoreOptions.Place
  let changes: ParameterChanges
  /// The names that lay below the prefix; nil where nobody could say.
  let stored: [String]?
  let demand: ParameterDemand
  let isWritten: Bool
  /// Those that no ExternalSecret reads.
  private let unused: [String]

  init(
    place: ParameterStoreOptions.Place, changes: ParameterChanges, stored: [String]?, demand: ParameterDemand,
    isWritten: Bool
  ) {
    self.place = place
    self.changes = changes
    self.stored = stored
    self.demand = demand
    self.isWritten = isWritten
    unused = demand.unused(among: Set(changes.states.map(\.parameter.name.description)).union(stored ?? []))
  }

  private var names: Set<String> { Set(changes.states.map(\.parameter.name.description)) }
  private var missing: [String] { stored.map { demand.missing(from: names.union($0)) } ?? [] }

  var text: String {
    var table = Table(header: ["PARAMETER", "STATE", "READ BY"])
    table.rows =
      changes.pending.map { row($0.parameter.name.description, state(of: $0)) }
      + missing.map { row($0, "missing") } + unused.filter { !told.contains($0) }.map { row($0, "unused") }
    let done = isWritten ? "written" : "to be written"
    let count = "\(changes.pending.count) \(done), \(changes.unchanged) unchanged"
    return table.rows.isEmpty ? count : "\(table.text)\n\n\(count)"
  }

  private var told: Set<String> { Set(changes.pending.map(\.parameter.name.description)) }

  private func state(of item: (parameter: Parameter, state: ParameterChanges.State)) -> String {
    unused.contains(item.parameter.name.description) ? "\(item.state.rawValue), unused" : item.state.rawValue
  }

  private func row(_ name: String, _ state: String) -> [String] {
    [name, state, demand.readers[name]?.joined(separator: ", ") ?? "-"]
  }

  var json: JSONValue {
    let states = changes.states.map { item -> JSONValue in
      var object = entry(item.parameter.name.description, item.state.rawValue)
      if item.parameter.isEncoded { object["encoding"] = "base64" }
      return object
    }
    return [
      "region": .string(place.region), "prefix": .string(place.prefix),
      "written": JSONValue(isWritten ? changes.pending.count : 0), "unchanged": JSONValue(changes.unchanged),
      "parameters": .array(
        states + missing.map { entry($0, "missing") }
          + unused.filter { !names.contains($0) }.map { entry($0, "unused") }),
    ]
  }

  private func entry(_ name: String, _ state: String) -> JSONValue {
    [
      "name": .string(name), "state": .string(state),
      "readers": .array((demand.readers[name] ?? []).map(JSONValue.string)),
    ]
  }

  /// What is worth a word beside the result.
  var remarks: [String] {
    changes.states.flatMap { item -> [String] in
      let name = item.parameter.name.description
      var lines: [String] = []
      if item.parameter.isEncoded {
        let needs = demand.readAsText.contains(name) ? "; its ExternalSecret lacks" : ", for an ExternalSecret with"
        lines.append("`\(name)` is no text: the store holds it in base64\(needs) `decodingStrategy: Base64`")
      }
      if item.parameter.isAdvanced, item.state != .unchanged {
        lines.append(
          "`\(name)` is larger than \(Parameter.standardSize) bytes: an advanced parameter, which AWS charges for")
      }
      return lines
    }
  }
}
