import Foundation
import Testing
import ZeroTouchModel
import ZeroTouchWorld

struct ObjectTests {
  private static let maps = "/api/v1/namespaces/default/configmaps"

  @Test func `an object is created, read, replaced and deleted`() {
    var client = APIClient()
    let created = client.send("POST", Self.maps, Sample.configMap("a", ["k": "1"]))
    #expect(created.status == 201)
    #expect(created.body[path: "metadata", "uid"] != nil)
    var object = client.send("GET", Self.maps + "/a").body
    #expect(object == created.body)
    object[path: "data", "k"] = "2"
    let replaced = client.send("PUT", Self.maps + "/a", object)
    #expect(replaced.status == 200)
    #expect(replaced.body[path: "metadata", "resourceVersion"] != created.body[path: "metadata", "resourceVersion"])
    let deleted = client.send("DELETE", Self.maps + "/a")
    #expect(deleted.body["status"] == "Success")
    #expect(deleted.body[path: "details", "uid"] == created.body[path: "metadata", "uid"])
    #expect(client.send("GET", Self.maps + "/a").reason == "NotFound")
  }

  @Test func `refusals carry the API's reasons and messages`() {
    var client = APIClient()
    let missing = client.send("GET", "/apis/apps/v1/namespaces/kube-system/deployments/nothing")
    #expect(missing.status == 404)
    #expect(missing.message == "deployments.apps \"nothing\" not found")
    #expect(missing.body[path: "details", "group"] == "apps")
    _ = client.send("POST", Self.maps, Sample.configMap("a"))
    #expect(client.send("POST", Self.maps, Sample.configMap("a")).reason == "AlreadyExists")
    let nowhere = client.send("POST", "/api/v1/namespaces/nowhere/configmaps", Sample.configMap("a"))
    #expect(nowhere.message == "namespaces \"nowhere\" not found")
    #expect(client.send("POST", Self.maps, Sample.configMap("Not_A_Name")).reason == "Invalid")
    var stale = client.send("GET", Self.maps + "/a").body
    stale[path: "metadata", "resourceVersion"] = "7"
    #expect(client.send("PUT", Self.maps + "/a", stale).reason == "Conflict")
  }

  @Test(arguments: [
    ("GET", "/nothing", "", 404), ("GET", "/apis/none.example/v1/things", "", 404),
    ("GET", "/api/v1/gizmos", "", 404), ("POST", "/api/v1/pods", "{}", 405),
    ("PATCH", "/api/v1/namespaces/default/configmaps", "{}", 405), ("DELETE", "/version", "", 405),
    ("POST", "/api/v1/namespaces/default/configmaps", "{", 400),
    ("POST", "/api/v1/namespaces/default/configmaps", "[]", 400),
    ("POST", "/api/v1/namespaces/default/configmaps", "\u{1}\u{2}\u{3}", 400),
    ("POST", "/api/v1/namespaces/default/configmaps", "k8s\u{0}\u{ff}\u{ff}", 400),
    ("POST", "/api/v1/namespaces/default/configmaps", "{\"kind\":\"Secret\",\"apiVersion\":\"v1\"}", 400),
    ("GET", "/api/v1/namespaces?labelSelector=a%20b", "", 400),
    ("GET", "/api/v1/pods?watch=1&resourceVersion=x", "", 400),
    ("GET", "/api/v1/namespaces/default/pods/p/q/r/s", "", 404), ("FROB", "/api/v1/namespaces/default", "", 405),
  ])
  func `garbage gets a Status, never a crash`(method: String, target: String, body: String, status: Int) {
    var client = APIClient()
    let answer = client.send(method, target, data: Data(body.utf8))
    #expect(answer.status == status, "\(answer.text)")
    #expect(answer.body["kind"] == "Status")
    #expect(answer.body["code"]?.intValue == status)
  }

  @Test func `an oversized body is refused`() {
    var client = APIClient()
    let answer = client.send("POST", Self.maps, data: Data(repeating: 0x20, count: 4 << 20))
    #expect(answer.status == 413)
    #expect(answer.reason == "RequestEntityTooLarge")
  }

  @Test func `a server that is down answers nothing else`() {
    var client = APIClient()
    client.world.isServing = false
    #expect(client.send("GET", "/readyz").status == 503)
    #expect(client.send("GET", "/api/v1/nodes").reason == "ServiceUnavailable")
    client.world.isServing = true
    #expect(client.send("GET", "/readyz").text == "ok")
  }

  @Test func `a dry run stores nothing`() {
    var client = APIClient()
    let revision = client.world.objects.revision
    #expect(client.send("POST", Self.maps + "?dryRun=All", Sample.configMap("a")).status == 201)
    _ = client.apply(Self.maps + "/b", Sample.configMap("b"), by: "x", query: "&dryRun=All")
    _ = client.send("DELETE", "/api/v1/namespaces/kube-public?dryRun=All")
    #expect(client.world.objects.revision == revision)
  }

  @Test func `selectors choose what a list shows`() {
    var client = APIClient()
    for (name, tier) in [("a", "x"), ("b", "y"), ("c", "z")] {
      _ = client.send("POST", Self.maps, Sample.configMap(name, labels: ["tier": tier]))
    }
    func names(_ query: String) -> [String] {
      let items = client.send("GET", Self.maps + "?" + query).body["items"]?.arrayValue ?? []
      return items.compactMap { $0[path: "metadata", "name"]?.stringValue }
    }
    #expect(names("labelSelector=tier=x") == ["a"])
    #expect(names("labelSelector=tier!=x,tier") == ["b", "c"])
    #expect(names("labelSelector=tier in (x, z)") == ["a", "c"])
    #expect(names("labelSelector=tier notin (x,z),tier") == ["b"])
    #expect(names("labelSelector=!tier") == ["kube-root-ca.crt"])
    #expect(names("fieldSelector=metadata.name=b") == ["b"])
    #expect(names("fieldSelector=metadata.name!=b,metadata.namespace=default&labelSelector=tier") == ["a", "c"])
  }

  @Test func `a generated name follows its prefix`() {
    var client = APIClient()
    let body: JSONValue = ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["generateName": "x-"]]
    let names = (0..<3).map { _ in
      client.send("POST", Self.maps, body).body[path: "metadata", "name"]?.stringValue ?? ""
    }
    #expect(Set(names).count == 3)
    #expect(names.allSatisfy { $0.hasPrefix("x-") && $0.count == 7 })
  }
}
