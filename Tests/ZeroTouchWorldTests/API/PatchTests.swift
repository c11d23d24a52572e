import Foundation
import Testing
import ZeroTouchModel
import ZeroTouchWorld

struct PatchTests {
  private static let target = "/apis/apps/v1/namespaces/default/deployments/web"

  private func client() -> APIClient {
    var client = APIClient()
    _ = client.send("POST", "/apis/apps/v1/namespaces/default/deployments", Sample.deployment("web"))
    return client
  }

  private func patch(_ client: inout APIClient, _ patch: JSONValue, _ type: String) -> APIClient.Answer {
    client.send("PATCH", Self.target, patch, type: "application/\(type)+json")
  }

  @Test func `a merge patch replaces members and null removes them`() {
    var client = client()
    var answer = patch(&client, ["metadata": ["labels": ["a": "1", "b": "2"]]], "merge-patch")
    #expect(answer.body[path: "metadata", "labels"] == ["a": "1", "b": "2"])
    #expect(answer.body[path: "metadata", "generation"] == 1)
    answer = patch(&client, ["metadata": ["labels": ["a": .null]], "spec": ["replicas": 4]], "merge-patch")
    #expect(answer.body[path: "metadata", "labels"] == ["b": "2"])
    #expect(answer.body[path: "metadata", "generation"] == 2)
  }

  @Test func `a strategic merge patch finds containers by name`() {
    var client = client()
    let change: JSONValue = [
      "spec": [
        "template": [
          "spec": ["containers": [["name": "main", "image": "nginx:2"], ["name": "side", "image": "s:1"]]]
        ]
      ]
    ]
    let containers =
      patch(&client, change, "strategic-merge-patch")
      .body[path: "spec", "template", "spec", "containers"]?.arrayValue ?? []
    #expect(containers.map { $0["image"]?.stringValue } == ["nginx:2", "s:1"])
    #expect(containers.first?["terminationMessagePath"] == "/dev/termination-log")
    let removal: JSONValue = [
      "spec": [
        "template": [
          "spec": [
            "containers": [["name": "side", "$patch": "delete"]], "$setElementOrder/containers": [["name": "main"]],
          ]
        ]
      ]
    ]
    let left = patch(&client, removal, "strategic-merge-patch").body[path: "spec", "template", "spec", "containers"]
    #expect(left?.arrayValue?.count == 1)
  }

  @Test func `strategic patches take directives for sets and whole objects`() {
    var client = client()
    _ = patch(&client, ["metadata": ["finalizers": ["a/x", "a/y"]]], "strategic-merge-patch")
    let one = patch(&client, ["metadata": ["$deleteFromPrimitiveList/finalizers": ["a/x"]]], "strategic-merge-patch")
    #expect(one.body[path: "metadata", "finalizers"] == ["a/y"])
    let strategy = patch(
      &client, ["spec": ["strategy": ["$retainKeys": ["type"], "type": "Recreate"]]], "strategic-merge-patch")
    #expect(strategy.body[path: "spec", "strategy"] == ["type": "Recreate"])
  }

  @Test func `a JSON patch performs its operations in order`() {
    var client = client()
    let operations: JSONValue = [
      ["op": "test", "path": "/spec/replicas", "value": 1], ["op": "replace", "path": "/spec/replicas", "value": 2],
      ["op": "add", "path": "/metadata/annotations", "value": ["x/y": "1"]],
      ["op": "copy", "from": "/metadata/annotations/x~1y", "path": "/metadata/annotations/z"],
      ["op": "add", "path": "/spec/template/spec/containers/-", "value": ["name": "b", "image": "b:1"]],
      ["op": "remove", "path": "/spec/template/spec/containers/0"],
    ]
    let body = patch(&client, operations, "json-patch").body
    #expect(body[path: "spec", "replicas"] == 2)
    #expect(body[path: "metadata", "annotations"] == ["x/y": "1", "z": "1"])
    #expect(body[path: "spec", "template", "spec", "containers"]?.arrayValue?.map { $0["name"]?.stringValue } == ["b"])
    #expect(patch(&client, [["op": "test", "path": "/spec/replicas", "value": 9]], "json-patch").status == 422)
    #expect(patch(&client, [["op": "remove", "path": "/nothing/here"]], "json-patch").status == 422)
    #expect(
      patch(&client, [["op": "add", "path": "/spec/template/spec/containers/9", "value": 1]], "json-patch").status
        == 422)
  }

  @Test func `the selector of a workload never changes`() {
    var client = client()
    let answer = patch(&client, ["spec": ["selector": ["matchLabels": ["app": "other"]]]], "merge-patch")
    #expect(answer.status == 422)
    #expect(answer.message?.contains("spec.selector: Invalid value") == true)
    #expect(answer.message?.hasSuffix("field is immutable") == true)
  }

  @Test func `patching nothing is a miss`() {
    var client = APIClient()
    #expect(patch(&client, [:], "merge-patch").reason == "NotFound")
    var present = self.client()
    #expect(patch(&present, [:], "frob").status == 415)
  }
}
