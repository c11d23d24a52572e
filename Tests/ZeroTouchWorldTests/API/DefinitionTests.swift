import Foundation
import Testing
import ZeroTouchModel
import ZeroTouchWorld

struct DefinitionTests {
  private static let definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
  private static let widgets = "/apis/example.com/v1/namespaces/default/widgets"

  private func client() -> APIClient {
    var client = APIClient()
    _ = client.send("POST", Self.definitions, Sample.widgetDefinition)
    client.world.advance(to: .seconds(10))
    return client
  }

  @Test func `a kind is served once its definition is Established`() {
    var client = APIClient()
    #expect(client.send("POST", Self.definitions, Sample.widgetDefinition).status == 201)
    #expect(client.send("GET", Self.widgets).status == 404)
    let before = client.send("GET", "/apis").headers["ETag"]
    client.world.advance(to: .seconds(10))
    #expect(client.send("GET", Self.widgets).body["kind"] == "WidgetList")
    #expect(client.send("GET", "/apis").headers["ETag"] != before)
    let definition = client.send("GET", Self.definitions + "/widgets.example.com").body
    let conditions = definition[path: "status", "conditions"]?.arrayValue ?? []
    #expect(
      conditions.map { $0["message"]?.stringValue } == ["no conflicts found", "the initial names have been accepted"])
  }

  @Test func `each served version shows the same object`() {
    var client = client()
    #expect(client.send("POST", Self.widgets, Sample.widget("a")).status == 201)
    let old = client.send("GET", "/apis/example.com/v1alpha1/namespaces/default/widgets/a").body
    #expect(old["apiVersion"] == "example.com/v1alpha1")
    #expect(old[path: "spec", "colour"] == "red")
  }

  @Test func `schemas refuse what does not fit`() {
    var client = client()
    let wrong = client.apply(Self.widgets + "/a", Sample.widget("a", size: "7"), by: "zerotouch")
    #expect(wrong.status == 500)
    #expect(wrong.reason == nil)
    #expect(
      wrong.message
        == "failed to create typed patch object (default/a; example.com/v1, Kind=Widget): .spec.size: expected numeric, "
        + "got &value.valueUnstructured{Value:\"7\"}")
    var unknown = Sample.widget("a")
    unknown[path: "spec", "wings"] = 2
    #expect(
      client.apply(Self.widgets + "/a", unknown, by: "zerotouch").message?.hasSuffix(
        ".spec.wings: field not declared in schema")
        == true)
    let strict = client.send("POST", Self.widgets + "?fieldValidation=Strict", unknown)
    #expect(
      strict.message == "Widget in version \"v1\" cannot be handled as a Widget: "
        + "strict decoding error: unknown field \"spec.wings\"")
    let pruned = client.send("POST", Self.widgets, unknown)
    #expect(pruned.status == 201)
    #expect(pruned.headers["Warning"] == "299 - \"unknown field \\\"spec.wings\\\"\"")
    #expect(pruned.body[path: "spec", "wings"] == nil)
    let small = client.send("POST", Self.widgets, Sample.widget("b", size: 0))
    #expect(
      small.message
        == "Widget.example.com \"b\" is invalid: spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1"
    )
    var empty = Sample.widget("c")
    empty["spec"] = [:]
    #expect(
      client.send("POST", Self.widgets, empty).message
        == "Widget.example.com \"c\" is invalid: spec.size: Required value")
  }

  @Test func `status and spec are written apart`() {
    var client = client()
    var object = client.send("POST", Self.widgets, Sample.widget("a")).body
    object["status"] = ["conditions": [["type": "Ready", "status": "True"]]]
    #expect(client.send("PUT", Self.widgets + "/a", object).body["status"] == nil)
    let written = client.send("PUT", Self.widgets + "/a/status", object).body
    #expect(written[path: "status", "conditions"] != nil)
    #expect(written[path: "metadata", "generation"] == 1)
    let scaled = client.send(
      "PATCH", Self.widgets + "/a/scale", ["spec": ["replicas": 5]], type: "application/merge-patch+json")
    #expect(scaled.body[path: "spec", "replicas"] == 5)
    #expect(client.send("GET", Self.widgets + "/a").body[path: "spec", "count"] == 5)
    #expect(client.send("GET", Self.widgets + "/a").body[path: "metadata", "generation"] == 2)
  }

  @Test func `printer columns are honoured`() {
    var client = client()
    _ = client.send("POST", Self.widgets, Sample.widget("a"))
    let table = client.send("GET", Self.widgets, headers: ["accept": "application/json;as=Table;v=v1;g=meta.k8s.io"])
      .body
    let names = table["columnDefinitions"]?.arrayValue?.compactMap { $0["name"]?.stringValue }
    #expect(names == ["Name", "Size", "Ready"])
    #expect(table["rows"]?.arrayValue?.first?["cells"] == ["a", 3, .null])
  }

  @Test func `a deleted definition takes its objects along`() {
    var client = client()
    _ = client.send("POST", Self.widgets, Sample.widget("a"))
    _ = client.send("DELETE", Self.definitions + "/widgets.example.com")
    #expect(client.send("GET", Self.widgets).status == 404)
    #expect(client.world.objects.count(GroupResource("widgets", "example.com")) == 0)
  }

  @Test func `custom kinds refuse strategic merge patches`() {
    var client = client()
    _ = client.send("POST", Self.widgets, Sample.widget("a"))
    let answer = client.send(
      "PATCH", Self.widgets + "/a", ["spec": ["size": 4]], type: "application/strategic-merge-patch+json")
    #expect(answer.status == 415)
    #expect(answer.reason == "UnsupportedMediaType")
  }
}
