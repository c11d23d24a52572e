package import ZeroTouchModel

extension ObjectSchema {
  /// Everything in a value, its defaults filled in, that breaks the schema.
  package func problems(of value: JSONValue, at path: FieldPath = FieldPath()) -> [SchemaProblem] {
    if value.isNull, json["nullable"]?.boolValue ?? false { return [] }
    let wrong = kindProblems(value, path)
    guard wrong.isEmpty else { return wrong }
    let own =
      switch value {
      case .object(let members): objectProblems(members, path)
      case .array(let elements): arrayProblems(elements, path)
      case .string(let text): textProblems(text, path)
      case .int, .double: numberProblems(value, path)
      default: [SchemaProblem]()
      }
    // A rule about fields that are wrong by themselves would only repeat that.
    guard own.allSatisfy(\.isUnknown) else { return own }
    return own + alternativeProblems(value, path) + ruleProblems(value, path)
  }

  private func kindProblems(_ value: JSONValue, _ path: FieldPath) -> [SchemaProblem] {
    if isIntOrString {
      if value.stringValue != nil || value.intValue != nil { return [] }
      return [problem(path, "must be an integer or a string, not \(value.article)")]
    }
    if let kind = json["type"]?.stringValue, !value.isOf(kind) {
      return [problem(path, "must be \(JSONValue.article(ofKind: kind)), not \(value.article)")]
    }
    guard let allowed = json["enum"]?.arrayValue, !allowed.contains(value) else { return [] }
    let list = allowed.map { "`\($0.stringValue ?? $0.text())`" }.joined(separator: ", ")
    return [problem(path, "must be one of \(list), not `\(value.stringValue ?? value.text())`")]
  }

  private func objectProblems(_ members: [String: JSONValue], _ path: FieldPath) -> [SchemaProblem] {
    let required = (json["required"]?.arrayValue ?? []).compactMap(\.stringValue)
    var problems = required.filter { members[$0] == nil }.map { name in
      let text = ObjectSchema(properties[name] ?? [:]).description
      return SchemaProblem(path.appending(name), "is required", remedy: text.map { "add it: \($0)" } ?? "add it")
    }
    for (name, member) in members.sorted(by: { $0.key < $1.key }) {
      // The API server itself knows these, at the top and in objects inside objects.
      if json["x-kubernetes-embedded-resource"]?.boolValue ?? path.segments.isEmpty,
        ["apiVersion", "kind", "metadata"].contains(name)
      {
        continue
      }
      if let schema = properties[name].map(inner) ?? extra {
        problems += schema.problems(of: member, at: path.appending(name))
      } else if !keepsUnknown, json["additionalProperties"]?.boolValue != true {
        problems.append(unknown(name, at: path))
      }
    }
    return problems + countProblems(members.count, "Properties", "fields", path)
  }

  private func unknown(_ name: String, at path: FieldPath) -> SchemaProblem {
    let known = properties.keys.sorted()
    let near = Spelling.nearest(to: name, among: known).map { "write `\($0)`, or remove it" }
    return SchemaProblem(
      path.appending(name), "is not a field here",
      remedy: near ?? (known.isEmpty ? "remove it" : "remove it, or write one of \(known.joined(separator: ", "))"))
  }

  private func arrayProblems(_ elements: [JSONValue], _ path: FieldPath) -> [SchemaProblem] {
    let items = json["items"].map(inner)
    let below = elements.enumerated().flatMap { items?.problems(of: $0.element, at: path.appending($0.offset)) ?? [] }
    return below + countProblems(elements.count, "Items", "elements", path) + repetitionProblems(elements, path)
  }

  private func repetitionProblems(_ elements: [JSONValue], _ path: FieldPath) -> [SchemaProblem] {
    let kind = json["x-kubernetes-list-type"]?.stringValue
    let keys = (json["x-kubernetes-list-map-keys"]?.arrayValue ?? []).compactMap(\.stringValue)
    guard kind == "set" || kind == "map" else { return [] }
    var seen: Set<JSONValue> = []
    return elements.enumerated().compactMap { index, element -> SchemaProblem? in
      let identity = kind == "set" ? element : .array(keys.map { element[$0] ?? .null })
      if seen.insert(identity).inserted { return nil }
      let what = kind == "set" ? "value" : keys.map { "`\($0)`" }.joined(separator: " and ")
      return SchemaProblem(
        path.appending(index), "must not repeat the \(what) of another element", remedy: "keep one of them")
    }
  }

  func countProblems(_ count: Int, _ name: String, _ unit: String, _ path: FieldPath) -> [SchemaProblem] {
    if let least = json["min\(name)"]?.intValue, count < least {
      return [problem(path, "must have at least \(least) \(unit), not \(count)")]
    }
    if let most = json["max\(name)"]?.intValue, count > most {
      return [problem(path, "must have at most \(most) \(unit), not \(count)")]
    }
    return []
  }

  private func alternativeProblems(_ value: JSONValue, _ path: FieldPath) -> [SchemaProblem] {
    if isIntOrString { return [] }
    var problems: [SchemaProblem] = []
    for (word, wanted, fits) in [
      ("anyOf", "at least one", { $0 > 0 }), ("oneOf", "exactly one", { $0 == 1 }),
    ] as [(String, String, (Int) -> Bool)] {
      guard let forms = json[word]?.arrayValue else { continue }
      if !fits(forms.filter { Self.form($0).admits(value) }.count) {
        problems.append(problem(path, "must have \(wanted) of \(forms.count) forms"))
      }
    }
    if let form = json["not"], Self.form(form).admits(value) {
      problems.append(problem(path, "must not have the form \(form.text())"))
    }
    let parts = json["allOf"]?.arrayValue ?? []
    return problems + parts.flatMap { Self.form($0).problems(of: value, at: path) }
  }

  /// Whether a value has the form of this part of a schema, which says nothing about other fields.
  private func admits(_ value: JSONValue) -> Bool { problems(of: value).isEmpty }

  func problem(_ path: FieldPath, _ rule: String) -> SchemaProblem {
    SchemaProblem(path, rule, remedy: description ?? "correct it")
  }
}

extension JSONValue {
  fileprivate func isOf(_ kind: String) -> Bool {
    switch (kind, self) {
    case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool), ("integer", .int),
      ("number", .int), ("number", .double):
      true
    case ("integer", .double(let number)): Int64(exactly: number) != nil
    default: false
    }
  }

  /// What a reader calls a value of this kind.
  var article: String {
    switch self {
    case .null: "nothing"
    case .bool: "a boolean"
    case .int, .double: "a number"
    case .string: "a string"
    case .array: "a list"
    case .object: "a mapping"
    }
  }

  fileprivate static func article(ofKind kind: String) -> String {
    switch kind {
    case "object": "a mapping"
    case "array": "a list"
    case "integer": "an integer"
    default: "a \(kind)"
    }
  }
}
