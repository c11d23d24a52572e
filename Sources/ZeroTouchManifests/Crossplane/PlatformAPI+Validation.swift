import ZeroTouchModel

extension PlatformAPI {
  /// Everything in a claim, or a composite, that breaks a rule of the API, and what could not be found out.
  package func problems(of claim: LocatedYAML) -> [ClaimProblem] {
    let json = claim.json
    let isComposite = json["kind"]?.stringValue == definition.compositeKind
    let schema = isComposite ? definition.compositeSchema : definition.claimSchema
    var problems = versionProblems(json) + metadataProblems(json["metadata"])
    problems += schema.problems(of: schema.defaulted(json)) + machineryProblems(json)
    return problems.map { problem in
      ClaimProblem(
        location: claim.location(of: problem.path), path: problem.path, rule: problem.rule, remedy: problem.remedy,
        isUnknown: problem.isUnknown)
    }.sorted { ($0.location, $0.path.description) < ($1.location, $1.path.description) }
  }

  private func versionProblems(_ claim: JSONValue) -> [SchemaProblem] {
    guard claim["apiVersion"]?.stringValue != definition.apiVersion else { return [] }
    return [
      SchemaProblem(
        FieldPath().appending("apiVersion"), "must be `\(definition.apiVersion)`",
        remedy: "no other version is served")
    ]
  }

  private func metadataProblems(_ metadata: JSONValue?) -> [SchemaProblem] {
    let path = FieldPath().appending("metadata")
    if let metadata, metadata != .null, metadata.objectValue == nil {
      return [Self.mistaken(metadata, for: "a mapping", at: path)]
    }
    return nameProblems(metadata?["name"], path.appending("name"))
      + namespaceProblems(metadata?["namespace"], path.appending("namespace"))
      + Self.keyProblems(metadata?["labels"], path.appending("labels"), judgesValues: true)
      + Self.keyProblems(metadata?["annotations"], path.appending("annotations"), judgesValues: false)
      + ["annotations", "labels"].flatMap { Self.textProblems(metadata?[$0], path.appending($0)) }
  }

  /// What Crossplane itself would read, where it leads nowhere.
  private func machineryProblems(_ claim: JSONValue) -> [SchemaProblem] {
    let spec = FieldPath().appending("spec")
    var problems: [SchemaProblem] = []
    let names = compositions.map(\.name) + unreadable.keys
    if let name = claim[path: "spec", "compositionRef", "name"]?.stringValue, !names.isEmpty,
      !names.contains(name)
    {
      problems.append(
        SchemaProblem(
          spec.appending("compositionRef").appending("name"), "names no Composition of this API: `\(name)`",
          remedy: "leave it out, or write one of \(names.sorted().joined(separator: ", "))"))
    }
    if definition.connectionKeys.isEmpty, claim[path: "spec", "writeConnectionSecretToRef"] != nil {
      problems.append(
        SchemaProblem(
          spec.appending("writeConnectionSecretToRef"), "has no effect: this API writes no connection Secret",
          remedy: "remove it; the README of the API says which Secrets there are"))
    }
    if claim["status"] != nil {
      problems.append(
        SchemaProblem(
          FieldPath().appending("status"), "has no effect: the cluster writes it", remedy: "remove it"))
    }
    return problems
  }

  private func nameProblems(_ name: JSONValue?, _ path: FieldPath) -> [SchemaProblem] {
    let remedy = "the objects that the claim becomes are named after it"
    guard let name, name != .null else { return [SchemaProblem(path, "is required", remedy: remedy)] }
    guard let text = name.stringValue else { return [Self.mistaken(name, for: "a string", at: path)] }
    return ClaimName.problem(text, longest: definition.longestName).map { [SchemaProblem(path, $0, remedy: remedy)] }
      ?? []
  }

  private func namespaceProblems(_ namespace: JSONValue?, _ path: FieldPath) -> [SchemaProblem] {
    guard let text = namespace?.stringValue, !DNSName.isLabel(text) else { return [] }
    return [
      SchemaProblem(
        path, "must hold only lower-case letters, digits and `-`, 63 at most, not `\(text)`",
        remedy: "name the tenant's namespace")
    ]
  }

  /// Keys and values that the API server refuses whatever the kind.
  private static func keyProblems(_ map: JSONValue?, _ path: FieldPath, judgesValues: Bool) -> [SchemaProblem] {
    (map?.objectValue ?? [:]).sorted { $0.key < $1.key }.compactMap { key, value in
      guard LabelSyntax.isKey(key) else {
        return SchemaProblem(
          path.appending(key), "is no key: `name` or `domain/name`, of letters, digits, `-`, `_` and `.`",
          remedy: "correct the key")
      }
      guard judgesValues, let text = value.stringValue, !LabelSyntax.isValue(text) else { return nil }
      return SchemaProblem(
        path.appending(key), "must be 63 letters, digits, `-`, `_` and `.` at most, not `\(text)`",
        remedy: "correct the value, or make it an annotation")
    }
  }

  /// What labels and annotations hold beside texts: the server refuses it before it looks at the claim.
  private static func textProblems(_ map: JSONValue?, _ path: FieldPath) -> [SchemaProblem] {
    guard let map, map != .null else { return [] }
    guard let entries = map.objectValue else { return [mistaken(map, for: "a mapping", at: path)] }
    return entries.sorted { $0.key < $1.key }.compactMap { key, value in
      value.stringValue == nil ? mistaken(value, for: "a string", at: path.appending(key)) : nil
    }
  }

  private static func mistaken(_ value: JSONValue, for kind: String, at path: FieldPath) -> SchemaProblem {
    SchemaProblem(
      path, "must be \(kind), not \(value.article)",
      remedy: kind == "a string" ? "write it in quotes" : "write `key: value` pairs")
  }
}

extension LocatedYAML {
  /// Where a path leads, or the nearest place above it that is written.
  func location(of path: FieldPath) -> SourceLocation {
    var node = self
    var place = location
    for segment in path.segments {
      switch segment {
      case .field(let name):
        guard let entry = node.entry(name) else { return place }
        (node, place) = (entry.value, entry.keyLocation)
      case .index(let index):
        guard let items = node.items, items.indices.contains(index) else { return place }
        (node, place) = (items[index], items[index].location)
      case .wildcard: return place
      }
    }
    return node.scalar == nil ? place : node.location
  }
}
