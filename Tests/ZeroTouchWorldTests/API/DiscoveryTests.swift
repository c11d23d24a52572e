import Foundation
import Testing
import ZeroTouchModel
import ZeroTouchWorld

struct DiscoveryTests {
  private static let aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"

  @Test func `aggregated discovery answers in its own content type`() throws {
    var client = APIClient()
    let answer = client.send("GET", "/apis", headers: ["accept": Self.aggregated + ",application/json"])
    #expect(answer.contentType == Self.aggregated)
    let apps = try #require(answer.body["items"]?.arrayValue?.first { $0[path: "metadata", "name"] == "apps" })
    let resources = apps["versions"]?.arrayValue?.first?["resources"]?.arrayValue ?? []
    let deployments = try #require(resources.first { $0["resource"] == "deployments" })
    #expect(deployments["shortNames"] == ["deploy"])
    #expect(deployments["responseKind"] == ["group": "apps", "version": "v1", "kind": "Deployment"])
    let scale = deployments["subresources"]?.arrayValue?.first { $0["subresource"] == "scale" }
    #expect(scale?["responseKind"] == ["group": "autoscaling", "version": "v1", "kind": "Scale"])
  }

  @Test func `old lists name what drain and can-i look for`() {
    var client = APIClient()
    let names = client.send("GET", "/api/v1").body["resources"]?.arrayValue ?? []
    let eviction = names.first { $0["name"] == "pods/eviction" }
    #expect(eviction?["group"] == "policy")
    #expect(eviction?["kind"] == "Eviction")
    #expect(client.send("GET", "/apis").body["kind"] == "APIGroupList")
    #expect(client.send("GET", "/apis/apps").body[path: "preferredVersion", "version"] == "v1")
  }

  @Test(arguments: ["/api", "/apis", "/apis/apps/v1", "/openapi/v3", "/openapi/v3/apis/apps/v1"])
  func `an unchanged document is not sent twice`(path: String) {
    var client = APIClient()
    let first = client.send("GET", path)
    let tag = first.headers["ETag"] ?? ""
    #expect(first.headers["Vary"] == "Accept")
    let second = client.send("GET", path, headers: ["if-none-match": tag])
    #expect(second.status == 304)
    #expect(second.text.isEmpty)
    let other = client.send("GET", path, headers: ["if-none-match": "\"other\""])
    #expect(other.status == 200)
  }

  @Test func `every document of the OpenAPI index exists and offers server-side validation`() throws {
    var client = APIClient()
    let paths = try #require(client.send("GET", "/openapi/v3").body["paths"]?.objectValue)
    #expect(paths.count > 15)
    for (name, entry) in paths {
      let document = client.send("GET", entry["serverRelativeURL"]?.stringValue ?? "")
      #expect(document.status == 200, "\(name)")
      let items = document.body["paths"]?.objectValue ?? [:]
      let patches = items.values.compactMap { $0["patch"] }
      #expect(!patches.isEmpty)
      for patch in patches {
        let parameters = patch["parameters"]?.arrayValue?.compactMap { $0["name"]?.stringValue } ?? []
        #expect(parameters.contains("fieldValidation"))
      }
    }
  }

  @Test func `references of the schemas lead somewhere`() throws {
    var client = APIClient()
    let document = client.send("GET", "/openapi/v3/apis/apps/v1").body
    let schemas = try #require(document[path: "components", "schemas"]?.objectValue)
    let references = document.text().matches(of: /#\/components\/schemas\/([A-Za-z0-9.]+)/).map { String($0.1) }
    #expect(references.contains("io.k8s.PodSpec"))
    for reference in Set(references) { #expect(schemas[reference] != nil, "\(reference)") }
  }

  @Test func `a definition's schema is published`() {
    var client = APIClient()
    _ = client.send("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", Sample.widgetDefinition)
    client.world.advance(to: .seconds(10))
    let document = client.send("GET", "/openapi/v3/apis/example.com/v1").body
    let widget = document[path: "components", "schemas", "com.example.v1.Widget"]
    #expect(widget?[path: "properties", "spec", "properties", "size", "type"] == "integer")
    #expect(
      widget?["x-kubernetes-group-version-kind"] == [["group": "example.com", "version": "v1", "kind": "Widget"]])
  }

  @Test func `the server says its version and its health`() {
    var client = APIClient()
    #expect(client.send("GET", "/version").body["gitVersion"]?.stringValue?.hasPrefix("v1.") == true)
    #expect(client.send("GET", "/readyz?verbose").text.hasSuffix("readyz check passed\n"))
    #expect(client.send("GET", "/openapi/v2").contentType.contains("proto-openapi"))
  }
}
