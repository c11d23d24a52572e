import Foundation
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

@testable import ZeroTouchValidation

struct StableOrderTests {
  private static var files: [String: String] {
    var files: [String: String] = [:]
    for number in 0..<30 {
      let chart =
        "source: {repoURL: https://charts.example.org, chart: shop, targetRevision: \"*\", helm: {values: a, valuesObject: {}}}"
      files["apps/\(number % 4)/\(number).yaml"] = application("app-\(number)", wave: "\(number % 7)", spec: chart)
      files["broken/\(number).yaml"] = "a: 1\na: 2\nb: /Users/ada/x\n"
      files["top/\(number)/kustomization.yaml"] = "resources: [../../apps/\(number % 4), gone.yaml]\n"
    }
    return files
  }

  /// Everything a report says, of a tree whose files were written in an order of chance.
  private func report(width: Int) async throws -> String {
    let repository = try CheckedRepository([:])
    defer { repository.remove() }
    for (path, text) in Self.files.shuffled() {
      let file = "\(repository.root)/\(path)"
      let folder = (file as NSString).deletingLastPathComponent
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try text.write(toFile: file, atomically: false, encoding: .utf8)
    }
    let tools = SubprocessToolRunner(
      environment: ToolEnvironment(inheriting: BuiltProgram.variables), clock: ContinuousClock())
    let survey = try await Surveyor(tools: tools, catalogue: try .embedded(), width: width).survey(repository.root)
    let report = await Validation(width: width).report(on: survey)
    return "\(report.findings.map { "\($0)" })\n\(report.notes.map { "\($0)" })"
  }

  @Test func `the same tree is told in the same order, however it was written and however many work at it`()
    async throws
  {
    let first = try await report(width: 1)
    #expect(first.contains("ZT318") && first.contains("not in the catalogue"))
    for width in [2, 7] {
      let other = try await report(width: width)
      #expect(other == first)
    }
  }
}
