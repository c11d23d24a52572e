import ZeroTouchModel

extension PlatformAPI {
  /// Everything in a claim, or a composite, that breaks a rule of the API, and what could not be found out.
  package func problems(of claim: LocatedYAML) -> [ClaimProblem] {
    let json = claim.json
    let isComposite = json["kind"]?.stringValue == definition.compositeKind
    let schema = isComposite ? definition.compositeSchema : definition.claimSchema
    var problems = versionProblems(json) + nameProblems(json)
    problems += schema.problems(of: schema.defaulted(json))
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

  private func nameProblems(_ claim: JSONValue) -> [SchemaProblem] {
    let path = FieldPath().appending("metadata").appending("name")
    let remedy = "the objects that the claim becomes are named after it"
    guard let name = claim[path: "metadata", "name"]?.stringValue else {
      return [SchemaProblem(path, "is required", remedy: remedy)]
    }
    return ClaimName.problem(name, longest: definition.longestName).map { [SchemaProblem(path, $0, remedy: remedy)] }
      ?? []
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
