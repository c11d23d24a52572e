import ZeroTouchModel

/// One server-side apply: what the object becomes and who then owns what.
struct ServerSideApply {
  let shape: MergeShape
  let owner: ManagedFields.Owner
  let apiVersion: String
  let time: String

  /// Merges a manifest into the live object; conflicts with other managers are refused unless forced.
  func merge(_ manifest: JSONValue, into live: JSONValue?, force: Bool) throws(APIFailure) -> JSONValue {
    let applied = manifest.ownable.withoutNulls
    let wanted = applied == [:] ? FieldSet() : FieldSet(of: applied, shape)
    var managed = ManagedFields(of: live)
    var merged = live.map { shape.merge($0, with: applied) } ?? manifest.withoutNulls
    let contested = conflicts(wanted, managed, live: live, merged: merged)
    if !contested.isEmpty {
      guard force else { throw Self.failure(contested) }
      for (entry, fields) in contested { managed.take(fields, from: entry.owner) }
    }
    let kept = wanted.union(managed.others(than: owner))
    let dropped = managed[owner].subtracting(kept)
    if !dropped.isEmpty { merged = shape.remove(dropped, from: merged, keeping: kept) ?? [:] }
    managed.set(wanted, of: owner, apiVersion: apiVersion, time: time)
    managed.write(into: &merged)
    return merged
  }

  private func conflicts(
    _ wanted: FieldSet, _ managed: ManagedFields, live: JSONValue?, merged: JSONValue
  ) -> [(entry: ManagedFields.Entry, fields: FieldSet)] {
    guard let live else { return [] }
    return managed.entries.filter { $0.owner != owner }.compactMap { entry in
      let fields = wanted.intersection(entry.fields).differences(live, merged, shape)
      return fields.isEmpty ? nil : (entry, fields)
    }
  }

  private static func failure(_ contested: [(entry: ManagedFields.Entry, fields: FieldSet)]) -> APIFailure {
    let all = contested.sorted { name($0.entry) < name($1.entry) }.flatMap { entry, fields in
      fields.paths.map { (name(entry), $0.map(\.description).joined()) }
    }
    let causes = all.map { name, path -> JSONValue in
      ["reason": "FieldManagerConflict", "message": .string("conflict with \(name)"), "field": .string(path)]
    }
    return APIFailure(
      status: 409, reason: "Conflict", message: message(all), details: ["causes": .array(causes)])
  }

  private static func message(_ conflicts: [(name: String, path: String)]) -> String {
    if conflicts.count == 1, let only = conflicts.first {
      return "Apply failed with 1 conflict: conflict with \(only.name): \(only.path)"
    }
    var lines: [String] = []
    var last = ""
    for (name, path) in conflicts {
      if name != last { lines.append("conflicts with \(name):") }
      lines.append("- \(path)")
      last = name
    }
    return "Apply failed with \(conflicts.count) conflicts: " + lines.joined(separator: "\n")
  }

  /// How messages call a manager.
  private static func name(_ entry: ManagedFields.Entry) -> String {
    var text = JSONValue.string(entry.owner.manager).text()
    if !entry.owner.subresource.isEmpty { text += " with subresource \"\(entry.owner.subresource)\"" }
    guard entry.owner.operation == "Update" else { return text }
    return text + " using \(entry.apiVersion)" + (entry.time.map { " at \($0)" } ?? "")
  }
}
