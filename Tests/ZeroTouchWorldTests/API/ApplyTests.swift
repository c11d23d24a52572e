import Foundation
import Testing
import ZeroTouchModel
import ZeroTouchWorld

struct ApplyTests {
  private static let target = "/apis/apps/v1/namespaces/kube-system/deployments/web"

  @Test func `applying creates, then changes nothing`() {
    var client = APIClient()
    let first = client.apply(Self.target, Sample.deployment("web"), by: "zerotouch")
    #expect(first.status == 201)
    let revision = client.world.objects.revision
    let second = client.apply(Self.target, Sample.deployment("web"), by: "zerotouch")
    #expect(second.status == 200)
    #expect(client.world.objects.revision == revision)
    #expect(second.body[path: "spec", "replicas"] == 1)
    #expect(second.body[path: "metadata", "generation"] == 1)
  }

  @Test func `a second manager that wants another value is refused with the owner's name`() {
    var client = APIClient()
    _ = client.apply(Self.target, Sample.deployment("web", replicas: 2), by: "zerotouch")
    let refused = client.apply(Self.target, Sample.deployment("web", replicas: 3), by: "other")
    #expect(refused.status == 409)
    #expect(refused.reason == "Conflict")
    #expect(refused.message == "Apply failed with 1 conflict: conflict with \"zerotouch\": .spec.replicas")
    let cause = refused.body[path: "details", "causes"]?.arrayValue?.first
    #expect(
      cause == ["reason": "FieldManagerConflict", "message": "conflict with \"zerotouch\"", "field": ".spec.replicas"])
    let forced = client.apply(Self.target, Sample.deployment("web", replicas: 3), by: "other", query: "&force=true")
    #expect(forced.status == 200)
    #expect(forced.body[path: "spec", "replicas"] == 3)
    #expect(forced.body[path: "metadata", "generation"] == 2)
    // The first manager has lost the field and now conflicts itself.
    let again = client.apply(Self.target, Sample.deployment("web", replicas: 2), by: "zerotouch")
    #expect(again.status == 409)
  }

  /// What a real server said, where the shared recordings are present.
  private static let recordedConflict = try? String(
    contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../../shared/data/recordings/kubectl-v1.36/conflict-value.txt").standardized,
    encoding: .utf8)

  @Test(.enabled(if: recordedConflict != nil, "the shared recordings are not here"))
  func `the conflict message is the one recorded from a real server`() throws {
    let recorded = try #require(Self.recordedConflict)
    var client = APIClient()
    _ = client.apply(Self.target, Sample.deployment("web", replicas: 2), by: "zerotouch")
    let refused = client.apply(Self.target, Sample.deployment("web", replicas: 3), by: "other")
    #expect(recorded.contains("error: \(refused.message ?? "nothing")\n"))
  }

  @Test func `the same value is shared, not fought over`() {
    var client = APIClient()
    _ = client.apply(Self.target, Sample.deployment("web", replicas: 2), by: "zerotouch")
    #expect(client.apply(Self.target, Sample.deployment("web", replicas: 2), by: "other").status == 200)
    // One owner lets go: the other still holds it.
    let left = client.apply(Self.target, Sample.deployment("web"), by: "other")
    #expect(left.body[path: "spec", "replicas"] == 2)
    let gone = client.apply(Self.target, Sample.deployment("web"), by: "zerotouch")
    #expect(gone.body[path: "spec", "replicas"] == 1)
  }

  @Test func `what an applier leaves out is removed, what others set stays`() {
    var client = APIClient()
    let target = "/api/v1/namespaces/default/configmaps/a"
    _ = client.apply(target, Sample.configMap("a", ["x": "1", "y": "2"]), by: "one")
    _ = client.apply(target, Sample.configMap("a", ["z": "3"]), by: "two")
    let object = client.apply(target, Sample.configMap("a", ["x": "1"]), by: "one").body
    #expect(object["data"] == ["x": "1", "z": "3"])
  }

  @Test func `containers merge by name`() {
    var client = APIClient()
    _ = client.apply(Self.target, Sample.deployment("web"), by: "one")
    var second = Sample.deployment("web")
    second[path: "spec", "template", "spec", "containers"] = [["name": "side", "image": "proxy:1"]]
    let both = client.apply(Self.target, second, by: "two").body
    let names = both[path: "spec", "template", "spec", "containers"]?.arrayValue?.compactMap { $0["name"]?.stringValue }
    #expect(names == ["main", "side"])
    second[path: "spec", "template", "spec", "containers"] = nil
    let one = client.apply(Self.target, second, by: "two").body
    #expect(one[path: "spec", "template", "spec", "containers"]?.arrayValue?.count == 1)
  }

  @Test func `managedFields name lists by their keys`() {
    var client = APIClient()
    let object = client.apply(Self.target, Sample.deployment("web"), by: "zerotouch").body
    let entry = object[path: "metadata", "managedFields"]?.arrayValue?.first
    #expect(entry?["manager"] == "zerotouch")
    #expect(entry?["operation"] == "Apply")
    let container = entry?[path: "fieldsV1", "f:spec", "f:template", "f:spec", "f:containers", "k:{\"name\":\"main\"}"]
    #expect(container == [".": [:], "f:image": [:], "f:name": [:]])
    #expect(entry?[path: "fieldsV1", "f:spec", "f:selector"] == [:])
  }

  @Test func `an update conflicts by the client's name and time`() {
    var client = APIClient()
    let target = "/api/v1/namespaces/default/configmaps/a"
    _ = client.send(
      "POST", "/api/v1/namespaces/default/configmaps", Sample.configMap("a", ["x": "1"]),
      headers: ["user-agent": "kubectl/v1.36.0 (linux/amd64)"])
    let refused = client.apply(target, Sample.configMap("a", ["x": "2"]), by: "zerotouch")
    #expect(
      refused.message?.hasPrefix("Apply failed with 1 conflict: conflict with \"kubectl\" using v1 at 20") == true)
  }

  @Test func `controllers apply by force and learn the key`() throws {
    var client = APIClient()
    let key = try client.world.apply(
      Sample.deployment("web", replicas: 2), manager: "argocd", defaultNamespace: "default"
    ).get()
    #expect(key == ObjectKey(.deployments, "default", "web"))
    let failure = client.world.apply(["apiVersion": "nothing/v1", "kind": "Gizmo"], manager: "argocd")
    #expect(throws: APIFailure.self) { try failure.get() }
    let elsewhere = client.world.apply(Sample.deployment("web"), manager: "argocd", defaultNamespace: "gone")
    guard case .failure(let refusal) = elsewhere else {
      Issue.record("a missing namespace was accepted")
      return
    }
    #expect(refusal.message == "namespaces \"gone\" not found")
  }

  @Test func `apply without a manager is refused`() {
    var client = APIClient()
    let answer = client.send("PATCH", Self.target, Sample.deployment("web"), type: "application/apply-patch+yaml")
    #expect(answer.status == 400)
  }
}
