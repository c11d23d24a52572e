import Testing
import ZeroTouchManifests

@testable import ZeroTouchValidation

/// Input that once ended the program, or kept it busy without end.
struct HostileInputTests {
  private static let source = "source: {repoURL: https://example.org/x.git, path: apps, targetRevision: main}"

  @Test func `the largest and the smallest wave are waves`() async throws {
    var files = ["root.yaml": application("root", spec: Self.source)]
    for (number, wave) in ["\(Int.max)", "\(Int.min)", "\(1 << 40)"].enumerated() {
      for hook in ["PreSync", "PostSync", "Sync"] {
        files["apps/\(number)-\(hook).yaml"] = """
          apiVersion: v1
          kind: Secret
          metadata:
            name: \(hook.lowercased())-\(number)
            annotations: {argocd.argoproj.io/sync-wave: "\(wave)", argocd.argoproj.io/hook: \(hook)}
          """
      }
    }
    let repository = try CheckedRepository(files)
    defer { repository.remove() }
    let survey = try await repository.survey()
    let orders = survey.clusters.flatMap(\.objects).filter { $0.application != nil }.map {
      PlacedObject.phase(of: $0.order)
    }
    #expect(orders.sorted() == [-1, -1, -1, 0, 0, 0, 1, 1, 1])
  }

  @Test(arguments: [
    "[z-a]", "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*ab",
    "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}",
  ])
  func `a pattern of files that asks for too much matches nothing`(_ pattern: String) async throws {
    let name = String(repeating: "a", count: 120)
    let root = application("root", spec: "\(Self.source.dropLast()), directory: {include: '\(pattern)'}}")
    #expect(
      try await findings(
        ["root.yaml": root, "apps/\(name).yaml": "kind: x\napiVersion: v1\n"], .sourceWithoutManifests) == [
          "ZT109 root.yaml:9"
        ])
  }

  @Test func `the target of a patch that repeats a repetition is no hang`() async throws {
    let name = String(repeating: "a", count: 60)
    let files = [
      "kustomization.yaml":
        "resources: [x.yaml]\npatches:\n  - target: {kind: ConfigMap, name: '(a+)+b'}\n    patch: '[{op: add, path: /data, value: {}}]'\n",
      "x.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name)}\n",
    ]
    #expect(try await findings(files, .patchWithoutTarget).count == 1)
  }
}
