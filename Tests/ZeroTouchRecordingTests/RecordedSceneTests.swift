import Foundation
import TestSupport
import Testing
import ZeroTouchModel

@testable import ZeroTouchRecording

struct RecordedSceneTests {
  @Test func `of other clusters' state nothing is kept but who they are`() async throws {
    try await withTemporaryFolder { folder in
      let kept = [
        "platform/a.yaml", "zerotouch.yaml", ".zerotouch/demo/secrets.yaml", ".zerotouch/demo/talosconfig",
        ".zerotouch/demo/rendered/nodes/cp01.yaml", ".zerotouch/other/talosconfig",
        ".zerotouch/demo/ssh/cp01.ticket",
      ]
      let left = [
        ".zerotouch/other/secrets.yaml", ".zerotouch/other/kubeconfig", ".zerotouch/demo/journal.ndjson",
        ".zerotouch/demo/lock", "platform/a.env", "Sources/a.yaml", ".git/config",
      ]
      for path in kept + left {
        let folder = ("\(folder)/\(path)" as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try path.write(toFile: "\(folder)/\((path as NSString).lastPathComponent)", atomically: true, encoding: .utf8)
      }
      let ground = RecordedGround(
        program: "0.1.0", arguments: [], directory: folder, began: Date(), variables: [:],
        pace: RecordedPace(interval: 1, relist: 1, heartbeat: 1, polls: 1, lists: 1, examination: 1))
      let scene = RecordedScene(
        ground: ground, repository: folder, cache: "\(folder)/cache",
        secretsBundle: "\(folder)/.zerotouch/demo/secrets.yaml", home: nil, program: "/zerotouch")
      let ticket = scene.files().first { $0.path.hasSuffix(".ticket") }
      #expect(ticket?.bytes == Data("withheld".utf8))
      #expect(Set(scene.files().map { String($0.path.dropFirst(folder.count + 1)) }) == Set(kept))
    }
  }
}
