import Foundation
import Testing
import ZeroTouchModel

@testable import ZeroTouchValidation

/// Links, files that are no text, and what was put away.
struct OddFileTests {
  private func own(_ path: String) -> String {
    "source: {repoURL: https://github.com/a/own.git, path: \(path), targetRevision: main}"
  }

  @Test func `a link to a folder is followed where an Application names it`() async throws {
    let repository = try CheckedRepository([
      "root.yaml": application("root", spec: own("apps")), "apps/a.yaml": application("a", spec: own("link")),
      "real/kustomization.yaml": "resources: [a.yaml]\n",
      "real/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop, namespace: a}\n",
    ])
    defer { repository.remove() }
    try FileManager.default.createSymbolicLink(atPath: "\(repository.root)/link", withDestinationPath: "real")
    try FileManager.default.createSymbolicLink(atPath: "\(repository.root)/lost.yaml", withDestinationPath: "nowhere")
    #expect(try await repository.findings(.applicationNamesMissing, .sourceWithoutManifests) == [])
    let survey = try await repository.survey()
    #expect(survey.clusters.flatMap(\.objects).contains { $0.manifest.name == "shop" })
    #expect(survey.notes.map(\.text).contains("not looked into: it is a link that leads nowhere"))
  }

  @Test func `a file that is not UTF-8 is found at its line`() async throws {
    let repository = try CheckedRepository(["a.yaml": ""])
    defer { repository.remove() }
    let bytes = Data("apiVersion: v1\nkind: {{ x }}\nname: caf".utf8) + [0xE9, 0x0A]
    try bytes.write(to: URL(fileURLWithPath: "\(repository.root)/a.yaml"))
    #expect(try await repository.findings(.unreadableYAML) == ["ZT101 a.yaml:3"])
  }

  @Test func `of what was put away only secrets are told`() async throws {
    let broken = "resources: [lost.yaml]\n"
    let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: shop}\nstringData: {password: Kq93hdXzPp}\n"
    var files = [".archive/shop/kustomization.yaml": broken, ".archive/key/a.yaml": secret]
    let put = try await findings(files)
    #expect(put.allSatisfy { $0.hasPrefix("ZT4") } && put.contains("ZT401 .archive/key/a.yaml:4"))
    files = ["shop/kustomization.yaml": broken]
    #expect(try await findings(files, .kustomizationNamesMissing) == ["ZT105 shop/kustomization.yaml:1"])
    files = ["kustomization.yaml": "resources: [archive/shop]\n", "archive/shop/kustomization.yaml": broken]
    #expect(try await findings(files, .kustomizationNamesMissing) == ["ZT105 archive/shop/kustomization.yaml:1"])
  }

  @Test func `a value file of a source that nobody has is found`() async throws {
    func files(_ name: String) -> [String: String] {
      [
        "root.yaml": application(
          "shop",
          spec: """
            sources:
              - repoURL: https://charts.example.org
                chart: shop
                targetRevision: 1.2.3
                helm: {valueFiles: [$values/shop.yaml]}
              - {repoURL: https://github.com/a/own.git, targetRevision: main, ref: \(name)}
            """),
        "shop.yaml": "a: b\n",
      ]
    }
    #expect(try await findings(files("vals"), .applicationNamesMissing) == ["ZT106 root.yaml:13"])
    #expect(try await findings(files("values"), .applicationNamesMissing) == [])
  }
}
