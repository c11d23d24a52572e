import Foundation
import Testing
import ZeroTouchManifests
import ZeroTouchModel

@Suite struct PlatformAPITests {
  @Test(arguments: Fixture.accepted)
  func `a claim that keeps the rules is accepted, renders without warnings and stays in its namespace`(
    claim: Fixture
  ) throws {
    let catalogue = try Fixture.catalogue()
    for document in try claim.documents() {
      #expect(catalogue.problems(of: document).map(\.diagnostic.description) == [])
      let rendering = try #require(catalogue.api(for: document.json)).render(document.json)
      #expect(rendering.warnings.isEmpty)
      let namespace = document[path: "metadata", "namespace"]?.scalar ?? "default"
      #expect(rendering.objects.map(\.unwrapped).allSatisfy { $0[path: "metadata", "namespace"] == namespace })
      #expect(rendering.objects.allSatisfy { !$0.text().contains("null") })
    }
  }

  @Test(arguments: Fixture.all(in: "fixtures/invalid"))
  func `a claim that breaks a rule is rejected with that field and that rule alone`(claim: Fixture) throws {
    let path = try #require(claim.comment("path"))
    let rule = try #require(claim.comment("rule"))
    let problems = try claim.documents().flatMap(Fixture.catalogue().problems)
    #expect(problems.count == 1, "\(problems.map(\.diagnostic.description))")
    let problem = try #require(problems.first)
    #expect(problem.path.description == path)
    #expect(problem.rule.hasPrefix(rule), "\(problem.rule)")
    #expect(!problem.isUnknown && problem.location.file == claim.path)
    // The place is the field itself, or the nearest one above it that is written.
    let line = claim.text.split(separator: "\n", omittingEmptySubsequences: false)[problem.location.line - 1]
    let words = path.split { ".[]".contains($0) }.map(String.init)
    #expect(words.contains { line.contains($0) } || line.hasPrefix("apiVersion"), "\(problem.location): \(line)")
  }

  @Test(arguments: Fixture.all(in: "fixtures/expected"))
  func `an example becomes exactly what was written down by hand`(expected: Fixture) throws {
    let example = Fixture(expected.path.replacing("fixtures/expected", with: "examples"))
    let objects = try example.rendered()
    let wanted = try expected.documents().map(\.json)
    #expect(objects.count == wanted.count)
    for (object, wanted) in zip(objects, wanted) { #expect(YAMLWriter.text(of: object) == YAMLWriter.text(of: wanted)) }
  }

  @Test func `every API has an example whose objects are written down, and fixtures of both kinds`() throws {
    for api in try Fixture.catalogue().apis {
      for folder in ["examples", "fixtures/valid", "fixtures/invalid", "fixtures/expected"] {
        #expect(Fixture.all(in: folder).contains { $0.path.hasPrefix("\(api.slug)/") }, "\(api.slug)/\(folder)")
      }
    }
  }

  @Test func `the published schemas are those that the definitions make`() throws {
    for api in try Fixture.catalogue().apis {
      let file = "\(Fixture.layout.platformAPISchemas)/\(api.slug).schema.json"
      let published = try String(contentsOfFile: file, encoding: .utf8)
      #expect(published == api.jsonSchema(), "write it anew: zerotouch apis schema")
    }
  }

  @Test func `every size in every composition is that of the one table`() throws {
    let table = try #require(YAMLDocuments.parse(Fixture("sizes.yaml").text, file: "sizes.yaml").first)
    #expect(table.objectValue?.keys.sorted() == ["large", "medium", "micro", "small"])
    for api in try Fixture.catalogue().apis {
      let composition = try YAMLDocuments.parse(Fixture("\(api.slug)/composition.yaml").text, file: api.slug)
      let maps = composition.flatMap { Self.sizeMaps(in: $0) }
      #expect(!maps.isEmpty && maps.allSatisfy { $0 == table }, "\(api.slug)")
      let sizes = api.definition.schema.json[path: "properties", "spec", "properties", "size", "enum"]
      // Some programs need more than the smallest size has.
      let known = ["micro", "small", "medium", "large"] as [JSONValue]
      let offered = try #require(sizes?.arrayValue)
      #expect(offered == known.suffix(offered.count) && offered.count >= 3, "\(api.slug)")
    }
  }

  /// The tables of requests and limits in a composition.
  private static func sizeMaps(in value: JSONValue) -> [JSONValue] {
    switch value {
    case .object(let members):
      (value[path: "micro", "requests"] == nil ? [] : [value]) + members.values.flatMap(sizeMaps)
    case .array(let elements): elements.flatMap(sizeMaps)
    default: []
    }
  }

  @Test func `the claim of the documents is short and its objects are many`() throws {
    let example = Fixture("eventdrivenservice/examples/agent-executor.yaml")
    #expect(example.text.split(separator: "\n").count <= 35)
    let kinds = try example.rendered().compactMap { $0["kind"]?.stringValue }
    #expect(kinds == ["ServiceAccount", "Deployment", "Service", "ScaledObject"])
  }
}
