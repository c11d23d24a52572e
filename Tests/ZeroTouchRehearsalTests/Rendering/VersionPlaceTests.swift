import Foundation
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

@testable import ZeroTouchRehearsal

/// `bootstrap/argocd/versions.yaml` as the one place of every version.
struct VersionPlaceTests {
  /// What is rendered, beside the overlays, with versions in it.
  private static let folders = [
    "platform/overlays/main-production", "platform/overlays/preview-dev", "platform/01-foundation/crossplane",
    "platform/03-intelligence/services", "platform/05-observability/robusta",
  ]

  @Test(.enabled(if: RealTools.arePresent, "scripts/tools has not brought kubectl"))
  func `a version that is changed in one place is changed wherever it is used`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepositoryWithObservability(to: folder)
      let path = "\(folder)/bootstrap/argocd/versions.yaml"
      let pins = try PlatformVersions.parse(try String(contentsOfFile: path, encoding: .utf8), file: path).pins
      let marks = Dictionary(uniqueKeysWithValues: pins.enumerated().map { ($1.component, "v77.\($0).0") })
      let data = marks.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)\n" }.joined()
      try """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: versions, annotations: {config.kubernetes.io/local-config: "true"}}
      data:
      \(data)
      """.write(toFile: path, atomically: true, encoding: .utf8)
      var used: Set<String> = []
      for name in Self.folders {
        let text = try await RealTools.runner(home: folder).succeed(Kubectl.kustomize("\(folder)/\(name)")).text
        for mark in marks.values where text.contains(mark) { used.insert(mark) }
        for object in try ManifestReader.objects(in: text, file: name) {
          for version in Self.versions(in: object) {
            #expect(marks.values.contains(version), "\(object.kindAndName) has \(version) of its own")
          }
        }
      }
      #expect(marks.filter { !used.contains($0.value) }.keys.sorted() == [])
    }
  }

  /// The versions of charts, packages and images that an object names.
  private static func versions(in object: JSONValue) -> [String] {
    let spec = object["spec"] ?? [:]
    if object["kind"] == "Application" {
      return (spec["sources"]?.arrayValue ?? spec["source"].map { [$0] } ?? [])
        .filter { $0["repoURL"] != "https://github.com/example/platform.git" }
        .compactMap { $0["targetRevision"]?.stringValue }
    }
    let containers = spec[path: "template", "spec", "containers"]?.arrayValue ?? []
    let named = [spec["package"]] + containers.map { $0["image"] }
    let packages = containers.flatMap { $0["args"]?.arrayValue ?? [] }.compactMap(\.stringValue)
      .filter { $0.contains("==") }.compactMap { $0.split(separator: "=").last.map(String.init) }
    return named.compactMap { $0?.stringValue?.split(separator: ":").last.map(String.init) } + packages
  }
}
