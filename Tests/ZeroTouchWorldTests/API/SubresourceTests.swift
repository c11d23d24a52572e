import Foundation
import Testing
import ZeroTouchModel
import ZeroTouchWorld

struct SubresourceTests {
  private static let pods = "/api/v1/namespaces/default/pods"

  private func client(containers: [JSONValue] = [["name": "main", "image": "nginx:1"]]) -> APIClient {
    var client = APIClient()
    let pod: JSONValue = [
      "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "p", "labels": ["a": "b"]],
      "spec": ["containers": .array(containers)],
    ]
    _ = client.send("POST", Self.pods, pod)
    return client
  }

  @Test func `a pod is bound once`() {
    var client = client()
    let binding: JSONValue = [
      "apiVersion": "v1", "kind": "Binding", "metadata": ["name": "p"], "target": ["kind": "Node", "name": "n1"],
    ]
    #expect(client.send("POST", Self.pods + "/p/binding", binding).status == 201)
    #expect(client.send("GET", Self.pods + "/p").body[path: "spec", "nodeName"] == "n1")
    #expect(client.send("POST", Self.pods + "/p/binding", binding).reason == "Conflict")
    #expect(client.send("GET", "/api/v1/pods?fieldSelector=spec.nodeName=n1").body["items"]?.arrayValue?.count == 1)
  }

  @Test func `an eviction deletes, unless it is a dry run`() {
    var client = client()
    let eviction: JSONValue = ["apiVersion": "policy/v1", "kind": "Eviction", "metadata": ["name": "p"]]
    #expect(client.send("POST", Self.pods + "/p/eviction?dryRun=All", eviction).status == 201)
    #expect(client.send("GET", Self.pods + "/p").status == 200)
    #expect(client.send("POST", Self.pods + "/p/eviction", eviction).status == 201)
    #expect(client.send("GET", Self.pods + "/p").status == 404)
    #expect(client.send("POST", Self.pods + "/p/eviction", eviction).reason == "NotFound")
  }

  @Test func `a container must be named where there are two`() {
    var client = client(containers: [["name": "a", "image": "x:1"], ["name": "b", "image": "x:1"]])
    #expect(
      client.send("GET", Self.pods + "/p/log").message
        == "a container name must be specified for pod p, choose one of: [a b]")
    #expect(client.send("GET", Self.pods + "/p/log?container=c").message == "container c is not valid for pod p")
    #expect(client.send("GET", Self.pods + "/p/exec?container=a").message?.hasPrefix("you must specify") == true)
    #expect(
      client.send("GET", Self.pods + "/p/exec?container=a&command=ls").message == "pod p does not have a host assigned")
  }

  @Test func `scale reads and writes the replicas of a workload`() {
    var client = APIClient()
    let target = "/apis/apps/v1/namespaces/default/deployments"
    _ = client.send("POST", target, Sample.deployment("web", replicas: 2))
    var scale = client.send("GET", target + "/web/scale").body
    #expect(scale[path: "status", "selector"] == "app=web")
    scale[path: "spec", "replicas"] = 5
    #expect(client.send("PUT", target + "/web/scale", scale).status == 200)
    #expect(client.send("GET", target + "/web").body[path: "spec", "replicas"] == 5)
    #expect(client.send("PUT", target + "/web/scale", scale).reason == "Conflict")
    scale[path: "metadata", "resourceVersion"] = nil
    scale[path: "spec", "replicas"] = -1
    #expect(client.send("PUT", target + "/web/scale", scale).status == 422)
  }

  @Test func `a token is made for an account that exists`() {
    var client = APIClient()
    let review: JSONValue = ["apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": [:]]
    let accounts = "/api/v1/namespaces/default/serviceaccounts"
    #expect(client.send("POST", accounts + "/default/token", review).body[path: "status", "token"] != nil)
    #expect(client.send("POST", accounts + "/nobody/token", review).status == 404)
  }

  @Test func `tables show pods, nodes and whole objects where they are asked for`() {
    var client = client()
    let accept = ["accept": "application/json;as=Table;v=v1;g=meta.k8s.io"]
    let table = client.send("GET", Self.pods + "?includeObject=Object", headers: accept).body
    let row = table["rows"]?.arrayValue?.first
    #expect(row?["cells"]?.arrayValue?.prefix(4) == ["p", "0/1", "Pending", "0"])
    #expect(row?[path: "object", "spec", "containers"] != nil)
    let partial = client.send("GET", Self.pods + "/p", headers: ["accept": "application/json;as=PartialObjectMetadata"])
    #expect(partial.body["kind"] == "PartialObjectMetadata")
    #expect(partial.body["spec"] == nil)
  }

  @Test func `who asks is the administrator`() {
    var client = APIClient()
    let review: JSONValue = ["apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"]
    let answer = client.send("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", review)
    #expect(answer.body[path: "status", "userInfo", "username"] == "admin")
  }
}
