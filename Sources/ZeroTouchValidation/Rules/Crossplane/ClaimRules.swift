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
      return survey.claims.filter { !$0.isInvalidFixture && !patches.contains($0.claim.file) }.flatMap { found in
        found.api.problems(of: found.claim.body).filter { !$0.isUnknown }.map { problem in
          let subject = problem.path.segments.isEmpty ? "the claim" : "`\(problem.path)`"
          return Violation(
            at: problem.location, "\(subject) of \(found.claim.title) \(problem.rule)", remedy: problem.remedy)
        }
      }
    })

  static let invalidFixturePasses = Rule(
    "ZT502", .error, "an invalid fixture that passes",
    why: "the test that it stands for proves nothing, and the API takes what it should refuse",
    remedy: "add the rule to the XRD that the fixture is named after, or take the fixture away",
    example: Example(
      wrong: "# fixtures/invalid/port-too-high.yaml\nspec: {port: 8080}",
      right: "# fixtures/invalid/port-too-high.yaml\nspec: {port: 70000}"),
    check: { survey in
      survey.claims.filter { $0.isInvalidFixture }.compactMap { found in
        guard found.api.problems(of: found.claim.body).isEmpty else { return nil }
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
      survey.offeredAPIs.flatMap { offered -> [Violation] in
        let name = "\(offered.api.slug).schema.json"
        return survey.tree.paths.filter { $0 == name || $0.hasSuffix("/\(name)") }.sorted().compactMap { path in
          guard let text = survey.tree.text(of: path), let published = try? JSONValue(parsing: text),
            published[path: "properties", "kind", "const"]?.stringValue == offered.definition.claimKind
          else { return nil }
          let wanted = SchemaOutline(offered.definition.schema.json).fields
          let found = SchemaOutline(published).fields
          let differs = wanted.filter { found[$0.key] != $0.value }.map(\.key).sorted().first
          guard let field = differs else { return nil }
          let what = found[field] == nil ? "knows no `\(field)`" : "says something else of `\(field)` than the XRD"
          return Violation(
            at: SchemaOutline.place(of: field, in: text, file: path),
            "the published schema of `\(offered.definition.claimKind)` \(what)")
        }
      }
    })
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

  private mutating func walk(_ schema: JSONValue, _ path: String) {
    var own: [String: JSONValue] = [:]
    for key in [
      "type", "enum", "pattern", "minimum", "maximum", "minLength", "maxLength", "default", "maxItems", "minItems",
    ] {
      if let value = schema[key] { own[key] = value }
    }
    fields[path] = .object(own)
    for (name, property) in schema["properties"]?.objectValue ?? [:] { walk(property, "\(path).\(name)") }
    if let items = schema["items"] { walk(items, "\(path)[*]") }
  }
}

extension Survey {
  /// The claims in files, each with its API.
  fileprivate var claims: [(claim: Manifest, api: PlatformAPI, isInvalidFixture: Bool)] {
    offeredAPIs.flatMap { offered in
      let api = offered.api
      return manifests(ofKind: offered.definition.claimKind).filter { $0.group == offered.definition.group }.map {
        claim in
        let folders = RepositoryTree.parent(of: claim.file).split(separator: "/")
        return (claim, api, folders.contains("invalid"))
      }
    }
  }
}
