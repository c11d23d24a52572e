import Foundation
import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct ListTests {
  private static let maps = "/api/v1/namespaces/default/configmaps"

  @Test func `a page goes on where the one before ended, at its revision`() {
    var client = APIClient()
    for name in ["a", "b", "c"] { _ = client.send("POST", Self.maps, Sample.configMap(name, ["k": "1"])) }
    let first = client.send("GET", Self.maps + "?limit=1")
    #expect(first.body[path: "metadata", "remainingItemCount"]?.intValue == 3)
    let token = first.body[path: "metadata", "continue"]?.stringValue ?? ""
    _ = client.send("DELETE", Self.maps + "/b")
    _ = client.send("POST", Self.maps, Sample.configMap("d"))
    let rest = client.send("GET", Self.maps + "?limit=9&continue=\(token)")
    let names = rest.body["items"]?.arrayValue?.compactMap { $0[path: "metadata", "name"]?.stringValue }
    #expect(names == ["b", "c", "kube-root-ca.crt"])
    #expect(rest.body[path: "metadata", "continue"] == nil)
    #expect(rest.body[path: "metadata", "resourceVersion"] == first.body[path: "metadata", "resourceVersion"])
  }

  @Test func `a page whose beginning is forgotten is Gone`() {
    var client = APIClient()
    for name in ["a", "b"] { _ = client.send("POST", Self.maps, Sample.configMap(name)) }
    let token = client.send("GET", Self.maps + "?limit=1").body[path: "metadata", "continue"]?.stringValue ?? ""
    for number in 0..<8100 {
      client.world.objects.update(ObjectKey(.configMaps, "default", "a")) { $0["data"] = ["k": JSONValue(number)] }
    }
    let late = client.send("GET", Self.maps + "?limit=1&continue=\(token)")
    #expect(late.status == 410)
    #expect(late.reason == "Expired")
  }

  @Test func `a list of the future is refused`() {
    var client = APIClient()
    let answer = client.send("GET", Self.maps + "?resourceVersion=99999999")
    #expect(answer.status == 504)
    #expect(answer.message?.hasPrefix("Too large resource version: 99999999") == true)
  }

  @Test func `bodies in YAML are read, others are named`() {
    var client = APIClient()
    let yaml = Data("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: made}\n".utf8)
    #expect(client.send("POST", Self.maps, data: yaml, type: "application/yaml").status == 201)
    let applied = client.send(
      "PATCH", Self.maps + "/made?fieldManager=me", data: yaml, type: "application/apply-patch+yaml")
    #expect(applied.status == 200)
    let form = client.send("POST", Self.maps, data: yaml, type: "application/x-www-form-urlencoded")
    #expect(form.status == 415)
    #expect(form.reason == "UnsupportedMediaType")
    #expect(client.send("PATCH", Self.maps + "/none", data: yaml, type: "text/plain").status == 415)
  }

  @Test func `stamps follow the clock of the clients, not the world's own`() {
    var world = World(epoch: Date(timeIntervalSince1970: 1_790_000_000), controllers: [])
    world.advance(to: .seconds(10))
    #expect(world.timestamp == "2026-09-21T14:13:30Z")
    world.pass(speed: 30)
    world.advance(to: .seconds(310))
    #expect(world.timestamp == "2026-09-21T14:13:40Z")
    #expect(world.age(of: "2026-09-21T14:13:30Z") == "10s")
  }
}
