import Foundation
import TestSupport
import Testing

/// `zerotouch waves` in a repository that is laid out in its own way.
struct WavesTests {
  private static func child(_ name: String, wave: Int) -> String {
    """
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata: {name: \(name), namespace: argocd, annotations: {argocd.argoproj.io/sync-wave: "\(wave)"}}
    spec:
      project: default
      source: {repoURL: "https://github.com/a/own.git", path: parts/\(name), targetRevision: main}
      destination: {server: "https://kubernetes.default.svc", namespace: \(name)}

    """
  }

  private func run(_ arguments: String..., roots: [String] = ["one"]) async throws -> BuiltProgram.Answer {
    try await withTemporaryFolder { folder in
      for root in roots {
        let top = "\(folder)/\(root)"
        try FileManager.default.createDirectory(atPath: top, withIntermediateDirectories: true)
        let text = [Self.child("late-\(root)", wave: 2), Self.child("early-\(root)", wave: -1)].joined(
          separator: "---\n")
        try text.write(toFile: "\(top)/apps.yaml", atomically: true, encoding: .utf8)
      }
      return try await BuiltProgram(in: folder).run(["waves"] + arguments)
    }
  }

  @Test func `the Applications behind the only entry point stand in the order of their waves`() async throws {
    let answer = try await run()
    let rows = answer.output.split(separator: "\n").dropFirst().map {
      $0.split(separator: " ").prefix(2).joined(separator: " ")
    }
    #expect(answer.status == 0 && rows == ["-1 early-one", "2 late-one"], "\(answer)")
  }

  @Test func `one of several entry points is to be named`() async throws {
    let unnamed = try await run(roots: ["one", "two"])
    #expect(unnamed.status == 2 && unnamed.narration.contains("name one by --entry: `one`, `two`"), "\(unnamed)")
    let named = try await run("--entry", "two", "-o", "mermaid", roots: ["one", "two"])
    #expect(named.output.contains("early-two") && !named.output.contains("early-one"))
  }
}
