import Foundation
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel

private let document = "\(BuiltProgram.packageRoot)/../shared/sources/000.md"

/// The claim that the platform was promised with, word for word.
private func claimOfTheDocuments() throws -> String {
  let text = try String(contentsOfFile: document, encoding: .utf8)
  let blocks = text.components(separatedBy: "```yaml\n").dropFirst()
    .compactMap { $0.components(separatedBy: "```").first }
  return try #require(blocks.first { $0.contains("kind: EventDrivenService") })
}

@Test(.enabled(if: FileManager.default.fileExists(atPath: document), "../shared/sources is not here"))
func `the claim of the documents applies as it stands there`() throws {
  let claim = try claimOfTheDocuments()
  let parsed = try #require(LocatedYAML.documents(of: claim, file: "000.md").first)
  let catalogue = try Fixture.catalogue()
  #expect(catalogue.problems(of: parsed).isEmpty)
  let objects = try #require(catalogue.api(for: parsed.json)).render(parsed.json).objects
  #expect(try objects == Fixture("eventdrivenservice/examples/agent-executor.yaml").rendered())
  #expect(claim.split(separator: "\n").count <= 35)
}
