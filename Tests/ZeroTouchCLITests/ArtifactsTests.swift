import Foundation
import TestSupport
import Testing
import ZeroTouchManifests

/// The built program over a repository whose lock points at a web server on loopback.
struct ArtifactsTests {
  private static let sum = SHA256.hexadecimal(of: "the network".utf8)

  private static let lock = """
    # Everything from outside.
    apiVersion: zerotouch.dev/v1alpha1
    kind: ArtifactLock
    artifacts:
      - name: cilium
        version: 1.19.6
        url: https://helm.cilium.io/cilium-1.19.6.tgz
        sha256: \(sum)  # measured
        purpose: the network
      - name: argo-cd
        version: 10.1.1
        url: https://example.org/argo-cd-10.1.1.tgz
        sha256: unset
        purpose: GitOps

    """

  private struct Place {
    let folder: String
    let server: FileServer
    var lockFile: String { "\(folder)/bootstrap/artifacts.lock.yaml" }

    func run(_ words: String...) async throws -> BuiltProgram.Answer {
      let isTransfer = ["fetch", "update"].contains(words[0])
      return try await BuiltProgram(in: folder, path: "/usr/bin:/bin").run(
        ["artifacts"] + words + (isTransfer ? ["--mirror", server.address] : []))
    }

    func lock() throws -> String { try String(contentsOfFile: lockFile, encoding: .utf8) }
  }

  private static func inRepository(_ work: (Place) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let place = Place(folder: folder, server: try FileServer())
      try lock.write(toFile: place.lockFile, atomically: true, encoding: .utf8)
      place.server.put(Data("the network".utf8), at: "/helm.cilium.io/cilium-1.19.6.tgz")
      place.server.put(Data("GitOps".utf8), at: "/example.org/argo-cd-10.1.1.tgz")
      try await work(place)
    }
  }

  @Test func `fetch brings what is pinned, refuses what is not, and update pins it`() async throws {
    try await Self.inRepository { place in
      let first = try await place.run("fetch")
      #expect(first.status == 4, "\(first.narration)")
      #expect(first.narration.contains("✔ cilium  11 B"))
      #expect(first.narration.contains("zerotouch artifacts update argo-cd"))
      let updated = try await place.run("update", "argo-cd")
      #expect(updated.status == 0, "\(updated.narration)")
      let sum = SHA256.hexadecimal(of: "GitOps".utf8)
      #expect(updated.output.contains(sum))
      #expect(try place.lock() == Self.lock.replacing("sha256: unset", with: "sha256: \(sum)\n    size: 6"))
      place.server.stop()
      let second = try await place.run("fetch")
      #expect(second.status == 0, "\(second.narration)")
      let verified = try await place.run("verify", "-o", "json")
      #expect(verified.status == 0, "\(verified.narration)")
      #expect(verified.output.components(separatedBy: #""state": "cached""#).count == 3)
    }
  }

  @Test func `verify names what was altered with both sums, and list only shows it`() async throws {
    try await Self.inRepository { place in
      _ = try await place.run("fetch", "cilium")
      let file = "\(place.folder)/.cache/zerotouch/cilium-1.19.6.tgz"
      try "another network".write(toFile: file, atomically: true, encoding: .utf8)
      let verified = try await place.run("verify", "cilium")
      #expect(verified.status == 1)
      #expect(verified.narration.contains(Self.sum))
      #expect(verified.narration.contains(SHA256.hexadecimal(of: "another network".utf8)))
      let listed = try await place.run("list")
      #expect(listed.status == 0)
      #expect(listed.output.contains("altered"))
      #expect(listed.output.contains("unset"))
    }
  }

  @Test func `another version is pinned with a note of where it does not stand yet`() async throws {
    try await Self.inRepository { place in
      place.server.put(Data("a newer network".utf8), at: "/helm.cilium.io/cilium-1.19.7.tgz")
      let updated = try await place.run("update", "cilium@1.19.7")
      #expect(updated.status == 0, "\(updated.narration)")
      let sum = SHA256.hexadecimal(of: "a newer network".utf8)
      #expect(
        try place.lock().contains("url: https://helm.cilium.io/cilium-1.19.7.tgz\n    sha256: \(sum)  # measured"))
      #expect(
        updated.narration.contains(
          "versions.yaml:13:11: error: Argo CD would install `cilium` 1.19.6, and the lock pins 1.19.7"),
        "\(updated.narration)")
    }
  }

  @Test func `bytes that change under a published version are refused, and the lock stays as it was`() async throws {
    try await Self.inRepository { place in
      place.server.put(Data("something else".utf8), at: "/helm.cilium.io/cilium-1.19.6.tgz")
      let refused = try await place.run("update", "cilium")
      #expect(refused.status == 5, "\(refused.narration)")
      #expect(refused.narration.contains(Self.sum))
      #expect(try place.lock() == Self.lock)
      let files = try FileManager.default.contentsOfDirectory(atPath: "\(place.folder)/.cache/zerotouch")
      #expect(files == [".lock"])
      let accepted = try await place.run("update", "cilium", "--accept")
      #expect(accepted.status == 0, "\(accepted.narration)")
    }
  }

  @Test func `an image of another schematic is refused until update has pinned the right one`() async throws {
    try await Self.inRepository { place in
      try copyLock(to: place.lockFile)
      let schematic = "customization: {systemExtensions: {officialExtensions: [siderolabs/qemu-guest-agent]}}\n"
      try schematic.write(
        toFile: "\(place.folder)/bootstrap/talos/schematic.yaml", atomically: true, encoding: .utf8)
      let refused = try await place.run("verify")
      #expect(refused.status == 2, "\(refused.narration)")
      #expect(refused.narration.contains("ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515"))
      let id = "ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515"
      place.server.put(Data("image".utf8), at: "/factory.talos.dev/image/\(id)/v1.13.9/metal-amd64.raw.zst")
      let updated = try await place.run("update", "talos-image")
      #expect(updated.status == 0, "\(updated.narration)")
      #expect(try await place.run("verify", "talos-image").status == 0)
    }
  }

  @Test func `what the lock does not name is refused with the names it has`() async throws {
    try await Self.inRepository { place in
      let answer = try await place.run("fetch", "flannel")
      #expect(answer.status == 2)
      #expect(answer.narration.contains("name one of cilium, argo-cd"))
    }
  }

  /// What is exchanged in which file of this repository, and what is said about it.
  @Test(arguments: [
    ("bootstrap/argocd/versions.yaml", "cilium: 1.19.6", "cilium: 1.20.0", "versions.yaml:13:11: error: Argo CD would"),
    ("bootstrap/argocd/versions.yaml", "crossplane: 2.3.4", "crossplane: 1.14.0", "is not among the supported lines"),
    ("platform/01-foundation/cilium.yaml", "cilium/values.yaml", "cilium/mine.yaml", "cilium.yaml:20:21: error: the"),
    (
      "bootstrap/talos/schematic.yaml", "customization: {}", "customization: {extras: 1}",
      "schematic.yaml:5:17: error: the"
    ),
  ])
  func `a repository that says two things is refused with file, line and column`(
    file: String, old: String, new: String, says: String
  ) async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
      #expect(text.contains(old))
      try text.replacing(old, with: new).write(toFile: "\(folder)/\(file)", atomically: true, encoding: .utf8)
      let answer = try await BuiltProgram(in: folder).run(["plan", "203.0.113.10"])
      #expect(answer.status == 2)
      #expect(answer.narration.contains(says), "\(answer.narration)")
    }
  }

  @Test func `stand-ins are taken where they are allowed, and named wherever they are used`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let plain = try await BuiltProgram(in: folder).run(["plan", "203.0.113.10"])
      #expect(!plain.output.contains("stand-in"))
      let plan = try await BuiltProgram(in: folder).run(["plan", "203.0.113.10", "--stand-ins"])
      #expect(plan.status == 0, "\(plan.narration)")
      #expect(
        plan.narration.contains("stand-ins, for want of the fetched artifacts: talos-image v1.13.9, cilium 1.19.6"))
      for part in ["cilium 1.19.6 (stand-in) from the cache", "argo-cd 10.1.1 (stand-in)", "CRDs (stand-ins)"] {
        #expect(plan.output.contains(part), "\(part)")
      }
    }
  }

  private func copyLock(to path: String) throws {
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.copyItem(
      atPath: "\(BuiltProgram.packageRoot)/bootstrap/artifacts.lock.yaml", toPath: path)
  }
}
