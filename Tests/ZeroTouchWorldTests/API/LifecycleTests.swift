import Foundation
import Testing
import ZeroTouchModel
import ZeroTouchWorld

struct LifecycleTests {
  private static let maps = "/api/v1/namespaces/default/configmaps"

  @Test func `a new cluster has its namespaces and their accounts`() {
    let client = APIClient()
    let names = client.world.objects.list(.namespaces).map(\.key.name)
    #expect(names == ["default", "kube-node-lease", "kube-public", "kube-system"])
    #expect(client.world.objects[ObjectKey(.serviceAccounts, "kube-system", "default")] != nil)
    #expect(
      client.world.objects[ObjectKey(.services, "default", "kubernetes")]?[path: "spec", "clusterIP"] == "10.96.0.1")
  }

  @Test func `deleting a namespace empties it first`() {
    var client = APIClient()
    _ = client.send("POST", "/api/v1/namespaces", ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "x"]])
    var held = Sample.configMap("held")
    held[path: "metadata", "finalizers"] = ["example.com/hold"]
    _ = client.send("POST", "/api/v1/namespaces/x/configmaps", held)
    _ = client.send("POST", "/api/v1/namespaces/x/configmaps", Sample.configMap("free"))
    let answer = client.send("DELETE", "/api/v1/namespaces/x")
    #expect(answer.body[path: "status", "phase"] == "Terminating")
    #expect(client.send("GET", "/api/v1/namespaces/x/configmaps/free").status == 404)
    let refused = client.send("POST", "/api/v1/namespaces/x/configmaps", Sample.configMap("late"))
    #expect(
      refused.message
        == "configmaps \"late\" is forbidden: unable to create new content in namespace x because it is being terminated"
    )
    _ = client.send(
      "PATCH", "/api/v1/namespaces/x/configmaps/held", ["metadata": ["finalizers": .null]],
      type: "application/merge-patch+json")
    #expect(client.send("GET", "/api/v1/namespaces/x").status == 404)
  }

  private func owned(by owner: JSONValue, _ name: String) -> JSONValue {
    var object = Sample.configMap(name)
    object[path: "metadata", "ownerReferences"] = [
      [
        "apiVersion": "v1", "kind": "ConfigMap", "name": owner[path: "metadata", "name"] ?? "",
        "uid": owner[path: "metadata", "uid"] ?? "",
      ]
    ]
    return object
  }

  @Test(arguments: [("Background", 404), ("Foreground", 404), ("Orphan", 200)])
  func `dependents follow their owner as the policy says`(policy: String, status: Int) {
    var client = APIClient()
    let owner = client.send("POST", Self.maps, Sample.configMap("owner")).body
    let child = client.send("POST", Self.maps, owned(by: owner, "child")).body
    _ = client.send("POST", Self.maps, owned(by: child, "grandchild"))
    _ = client.send("DELETE", Self.maps + "/owner", ["propagationPolicy": .string(policy)])
    #expect(client.send("GET", Self.maps + "/owner").status == 404)
    let left = client.send("GET", Self.maps + "/child")
    #expect(left.status == status)
    #expect(client.send("GET", Self.maps + "/grandchild").status == status)
    if status == 200 { #expect(left.body[path: "metadata", "ownerReferences"] == nil) }
  }

  @Test func `an object whose owner never was is collected`() {
    var client = APIClient()
    let ghost: JSONValue = ["metadata": ["name": "ghost", "uid": "none"]]
    _ = client.send("POST", Self.maps, owned(by: ghost, "child"))
    #expect(client.send("GET", Self.maps + "/child").status == 404)
  }

  @Test func `finalizers hold a deleted object`() {
    var client = APIClient()
    var object = Sample.configMap("a")
    object[path: "metadata", "finalizers"] = ["example.com/hold"]
    _ = client.send("POST", Self.maps, object)
    let answer = client.send("DELETE", Self.maps + "/a")
    #expect(answer.body[path: "metadata", "deletionTimestamp"] != nil)
    let patch: JSONValue = ["metadata": ["finalizers": []]]
    #expect(client.send("PATCH", Self.maps + "/a", patch, type: "application/merge-patch+json").status == 200)
    #expect(client.send("GET", Self.maps + "/a").status == 404)
  }

  @Test func `a collection is deleted by selector`() {
    var client = APIClient()
    for (name, label) in [("a", "x"), ("b", "y")] {
      _ = client.send("POST", Self.maps, Sample.configMap(name, labels: ["l": label]))
    }
    _ = client.send("DELETE", Self.maps + "?labelSelector=l=x")
    #expect(client.send("GET", Self.maps + "/a").status == 404)
    #expect(client.send("GET", Self.maps + "/b").status == 200)
  }
}
