import Foundation
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

@testable import ZeroTouchValidation

struct GeneratedPagesTests {
  private static let folder = "\(BuiltProgram.packageRoot)/docs/rules"

  @Test func `the pages about the rules say what the rules say`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder).sorted()
    let pages = RulePage.all
    #expect(names == pages.keys.sorted(), "write them anew: zerotouch explain --write docs/rules")
    for (name, text) in pages where names.contains(name) {
      let page = try String(contentsOfFile: "\(Self.folder)/\(name)", encoding: .utf8)
      #expect(page == text, "\(name): write them anew: zerotouch explain --write docs/rules")
    }
  }

  @Test func `the page about the waves says what Git says`() async throws {
    let ours = try CheckedRepository.ours()
    defer { ours.remove() }
    let survey = try await ours.survey()
    let manifests = survey.builds["platform/overlays/main-production"]?.manifests ?? []
    let text = manifests.map { $0.body.json.text() }.joined(separator: "\n---\n")
    let expected = try ExpectedApplications.parse(
      text, source: "main-production", folders: ["tenants/applications/example"])
    let chart = WaveChart(
      expected, of: "main-production", needs: survey.needs(behind: "bootstrap/root/main-production"))
    let page = try String(contentsOfFile: "\(BuiltProgram.packageRoot)/docs/waves.md", encoding: .utf8)
    #expect(page == chart.markdown, "write it anew: zerotouch waves -o markdown > docs/waves.md")
    let picture = try String(contentsOfFile: "\(BuiltProgram.packageRoot)/docs/waves.svg", encoding: .utf8)
    #expect(picture == chart.svg + "\n", "draw it anew: zerotouch waves --format svg > docs/waves.svg")
    #expect(expected.applications.allSatisfy { !$0.reason.isEmpty })
    // Whoever needs something says so by its objects; Applications that need nothing are the ones everybody needs.
    #expect(chart.needs["kagent"]?.map(\.application).contains("kagent-crds") == true)
  }
}
