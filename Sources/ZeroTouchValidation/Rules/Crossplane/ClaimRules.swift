import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// Claims, fixtures and schemas against the definitions they belong to.
extension Rule {
  static let claimBreaksSchema = Rule(
    "ZT501", .error, "a claim that its API refuses",
    why: "the API server refuses it, or drops a field that it does not know, without a word",
    remedy: "write what the XRD takes; `zerotouch apis validate` says the same",
    example: Example(wrong: "kind: WebService\nspec: {replicas: many}", right: "kind: WebService\nspec: {replicas: 2}"),
    check: { survey in
      let patches = Set(survey.kustomizations.all.values.flatMap(\.patches).compactMap(\.file))
      // Of what a cluster gets, a version that is not served is told by a rule of its own.
      let applied = Set(survey.clusters.flatMap(\.objects).map(\.manifest.body.location))
      return survey.claims.filter { !$0.isInvalidFixture && !patches.contains($0.claim.file) }.flatMap { found in
        found.api.problems(of: found.claim.body).filter { problem in
          !problem.isUnknown && !("\(problem.path)" == "apiVersion" && applied.contains(found.claim.body.location))
        }.map { problem in
          let subject = problem.path.segments.isEmpty ? "the claim" : "`\(problem.path)`"
          return Violation(
            at: survey.place(of: problem, in: found.claim),
            "\(subject) of \(found.claim.kind)/\(found.claim.name) \(problem.rule)",
            remedy: problem.remedy)
        }
      } + survey.claims.filter { !$0.isInvalidFixture && !patches.contains($0.claim.file) }.compactMap(uncomposed)
    })

  /// A claim that names a Composition which is none of those that lie here for it.
  private static func uncomposed(_ found: Survey.FoundClaim) -> Violation? {
    let paths = [["spec", "compositionRef", "name"], ["spec", "crossplane", "compositionRef", "name"]]
    guard !found.compositions.isEmpty, let path = paths.first(where: { found.claim.body.node(at: $0) != nil }),
      let name = found.claim.body.node(at: path)?.text, !found.compositions.contains(name)
    else { return nil }
    let others = found.compositions.sorted().map { "`\($0)`" }.joined(separator: ", ")
    return Violation(
      at: found.claim.body.place(at: path),
      "no Composition `\(name)` makes \(found.claim.kind)/\(found.claim.name), only \(others)",
      remedy: "write the name of one of them, or take `compositionRef` away")
  }

  static let invalidFixturePasses = Rule(
    "ZT502", .error, "an invalid fixture that passes",
    why: "the test that it stands for proves nothing, and the API takes what it should refuse",
    remedy: "add the rule to the XRD that the fixture is named after, or take the fixture away",
    example: Example(
      wrong: "# fixtures/invalid/port-too-high.yaml\nspec: {port: 8080}",
      right: "# fixtures/invalid/port-too-high.yaml\nspec: {port: 70000}"),
    check: { survey in
      survey.claims.filter { $0.isInvalidFixture }.compactMap { found in
        guard found.api.problems(of: found.claim.body).isEmpty, uncomposed(found) == nil else { return nil }
        return Violation(
          at: found.claim.body.location, "the API takes \(found.claim.title), which lies among the invalid fixtures")
      }
    })

  static let publishedSchemaDiffers = Rule(
    "ZT503", .error, "a published JSON schema that differs from the XRD",
    why: "editors praise what the cluster refuses, and complain about what it takes",
    remedy: "write it anew: `zerotouch apis schema`",
    example: Example(
      wrong: "webservice.schema.json: enum: [small, large]\nXRD: enum: [small, medium, large]",
      right: "both: enum: [small, medium, large]"),
    check: { survey in
      let offered = survey.offeredAPIs
      guard !offered.isEmpty else { return [] }
      let published = PublishedSchema.all(in: survey.tree, of: Set(offered.map(\.definition.claimKind)))
      return offered.flatMap { offered -> [Violation] in
        let definition = offered.definition
        let wanted = SchemaOutline(definition.schema.json).fields
        return published.filter { $0.describes(definition) }.compactMap { schema in
          let found = SchemaOutline(schema.json).fields
          let differs = wanted.filter { found[$0.key] != $0.value }.map(\.key)
          let extra = found.keys.filter { wanted[$0] == nil && !SchemaOutline.isMachinery($0) }
          guard let field = (differs + extra).min() else { return nil }
          let what =
            found[field] == nil
            ? "knows no `\(field)`"
            : wanted[field] == nil
              ? "has `\(field)`, which the XRD does not know" : "says something else of `\(field)` than the XRD"
          return Violation(
            at: SchemaOutline.place(of: field, in: schema.text, file: schema.path),
            "the published schema of `\(definition.claimKind)` \(what)")
        }
      }
    })
}

/// A JSON schema that lies in the tree for one of its APIs, whatever its file is called.
private struct PublishedSchema {
  let path: String
  let text: String
  let json: JSONValue

  static func all(in tree: RepositoryTree, of kinds: Set<String>) -> [PublishedSchema] {
    let words = kinds.map { "\"\($0)\"" }
    return tree.paths.filter { $0.hasSuffix(".json") }.sorted().compactMap { path in
      guard let text = tree.text(of: path), text.utf8.count < 1 << 20, text.contains("\"properties\""),
        words.contains(where: text.contains), let json = try? JSONValue(parsing: text)
      else { return nil }
      return PublishedSchema(path: path, text: text, json: json)
    }
  }

  func describes(_ definition: CompositeDefinition) -> Bool {
    json[path: "properties", "kind", "const"]?.stringValue == definition.claimKind
      && json[path: "properties", "apiVersion", "const"].map { $0.stringValue == definition.apiVersion } ?? true
  }
}

/// The fields below `spec` of a schema with what is asked of each.
private struct SchemaOutline {
  private(set) var fields: [String: JSONValue] = [:]

  init(_ schema: JSONValue) {
    if let spec = schema[path: "properties", "spec"] { walk(spec, "spec") }
  }

  /// Where a field stands in a published schema, or the nearest above it.
  static func place(of field: String, in text: String, file: String) -> SourceLocation {
    let steps = field.replacing("[*]", with: ".[*]").split(separator: ".").map(String.init)
    let path = steps.flatMap { $0 == "[*]" ? ["items"] : ["properties", $0] }
    let document = (try? LocatedYAML.documents(of: text, file: file))?.first
    return document?.place(at: path) ?? SourceLocation(file: file, line: 1, column: 1)
  }

  /// Whether Crossplane reads a field, and no Composition.
  static func isMachinery(_ field: String) -> Bool {
    let parts = field.split(separator: ".")
    return parts.count > 1 && (CompositeDefinition.machinery[String(parts[1])] != nil || parts[1] == "crossplane")
  }

  private mutating func walk(_ schema: JSONValue, _ path: String) {
    var own: [String: JSONValue] = [:]
    for key in [
      "type", "enum", "pattern", "minimum", "maximum", "minLength", "maxLength", "default", "maxItems", "minItems",
    ] {
      if let value = schema[key] { own[key] = value }
    }
    let required = (schema["required"]?.arrayValue ?? []).compactMap(\.stringValue).sorted()
    if !required.isEmpty { own["required"] = .array(required.map(JSONValue.string)) }
    fields[path] = .object(own)
    for (name, property) in schema["properties"]?.objectValue ?? [:] { walk(property, "\(path).\(name)") }
    if let items = schema["items"] { walk(items, "\(path)[*]") }
  }
}

extension Survey {
  /// A claim, or a composite that somebody wrote, with its API.
  fileprivate typealias FoundClaim = (
    claim: Manifest, api: PlatformAPI, isInvalidFixture: Bool, compositions: Set<String>
  )

  /// What is written for the APIs of the tree: as it is built where a kustomization takes it, as it lies elsewhere.
  fileprivate var claims: [FoundClaim] {
    let offered = offeredAPIs
    let groups = Set(offered.map(\.definition.group))
    let built = builds.values.filter { $0.failure == nil && $0.unknown == nil }
    let taken = built.reduce(into: Set<String>()) { $0.formUnion(kustomizations.closure(of: $1.folder).files) }
    let rendered = built.flatMap { build in build.manifests.filter { groups.contains($0.group) } }
    return offered.flatMap { offered -> [FoundClaim] in
      let kinds = [offered.definition.claimKind, offered.definition.compositeKind]
      let compositions = Set(offered.compositions.map(\.name))
      let lying = Set(kinds).sorted().flatMap(manifests(ofKind:)).filter { !taken.contains($0.file) }
      return (lying + rendered).filter { claim in
        claim.group == offered.definition.group && kinds.contains(claim.kind)
          && Neighbours.isNearest(offered.manifest.file, of: offered.namesakes, to: claim.folderedFile)
      }.map { claim in
        let folders = RepositoryTree.parent(of: claim.file).split(separator: "/")
        return (claim, offered.api(version: claim.version), folders.contains("invalid"), compositions)
      }
    }
  }

  /// Where what is wrong with a claim is written.
  fileprivate func place(of problem: ClaimProblem, in claim: Manifest) -> SourceLocation {
    guard case .build = claim.origin else { return problem.location }
    let path = problem.path.segments.map { segment in
      switch segment {
      case .field(let name): name
      case .index(let index): String(index)
      case .wildcard: "*"
      }
    }
    return place(of: claim, at: path)
  }
}

extension Manifest {
  /// Where it lies, or what it is built in.
  fileprivate var folderedFile: String {
    if case .build(let folder) = origin { "\(folder)/" } else { file }
  }
}
