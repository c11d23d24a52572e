import Foundation
import Testing
import ZeroTouchModel
import ZeroTouchWorld

struct WatchTests {
  private static let maps = "/api/v1/namespaces/default/configmaps"

  @Test func `a watch from a revision sees only what comes after`() throws {
    var client = APIClient()
    _ = client.send("POST", Self.maps, Sample.configMap("a"))
    let revision = client.world.objects.revision
    var stream = try client.watch(Self.maps + "?watch=true&resourceVersion=\(revision)")
    #expect(client.events(&stream).isEmpty)
    _ = client.send("POST", Self.maps, Sample.configMap("b"))
    _ = client.send("DELETE", Self.maps + "/a")
    #expect(client.events(&stream) == ["ADDED b", "DELETED a"])
    #expect(client.events(&stream).isEmpty)
  }

  @Test func `objects enter and leave what a selector lets through`() throws {
    var client = APIClient()
    var stream = try client.watch(
      Self.maps + "?watch=1&labelSelector=on=yes&resourceVersion=\(client.world.objects.revision)")
    _ = client.send("POST", Self.maps, Sample.configMap("a"))
    for (label, data) in [("yes", "1"), ("yes", "2"), ("no", "2"), ("no", "3")] {
      let patch: JSONValue = ["metadata": ["labels": ["on": .string(label)]], "data": ["k": .string(data)]]
      _ = client.send("PATCH", Self.maps + "/a", patch, type: "application/merge-patch+json")
    }
    #expect(client.events(&stream) == ["ADDED a", "MODIFIED a", "DELETED a"])
  }

  @Test func `a streaming list ends its beginning with a bookmark`() throws {
    var client = APIClient()
    _ = client.send("POST", Self.maps, Sample.configMap("a"))
    let query = "watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true"
    var stream = try client.watch(Self.maps + "?\(query)&fieldSelector=metadata.name=a")
    let lines = client.lines(&stream)
    #expect(lines.map { $0["type"] } == ["ADDED", "BOOKMARK"])
    let metadata = lines.last?[path: "object", "metadata"]
    #expect(metadata?[path: "annotations", "k8s.io/initial-events-end"] == "true")
    #expect(metadata?["resourceVersion"]?.stringValue == String(client.world.objects.revision))
    #expect(lines.last?[path: "object", "kind"] == "ConfigMap")
    #expect(stream.bookmark(in: client.world) != nil)
  }

  @Test func `a watch that asks for no bookmarks gets none`() throws {
    var client = APIClient()
    var stream = try client.watch(Self.maps + "?watch=true")
    _ = stream.next(in: client.world)
    #expect(stream.bookmark(in: client.world) == nil)
  }

  @Test func `a revision that is forgotten ends the stream with Expired`() throws {
    var client = APIClient()
    var stream = try client.watch(Self.maps + "?watch=true&resourceVersion=3")
    let line = try #require(client.lines(&stream).first)
    #expect(line["type"] == "ERROR")
    #expect(line[path: "object", "reason"] == "Expired")
    #expect(line[path: "object", "code"] == 410)
    #expect(stream.isFinished)
  }

  @Test func `a watch in table form sends tables`() throws {
    var client = APIClient()
    var stream = try client.watch(
      "/api/v1/namespaces?watch=true", headers: ["accept": "application/json;as=Table;v=v1;g=meta.k8s.io"])
    let line = try #require(client.lines(&stream).first)
    #expect(line[path: "object", "kind"] == "Table")
    #expect(line[path: "object", "rows"]?.arrayValue?.first?["cells"]?.arrayValue?.first == "default")
  }

  @Test func `one object is watched by its name in the path too`() throws {
    var client = APIClient()
    for name in ["a", "b"] { _ = client.send("POST", Self.maps, Sample.configMap(name)) }
    var stream = try client.watch("/api/v1/watch/namespaces/default/configmaps/a")
    #expect(client.events(&stream) == ["ADDED a"])
  }
}
