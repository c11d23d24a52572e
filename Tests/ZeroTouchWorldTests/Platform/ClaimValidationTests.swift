import Foundation
import Testing
import ZeroTouchManifests
import ZeroTouchModel

@testable import ZeroTouchWorld

/// Claims held against the schemas of their definitions by the world's API, as kubectl and Argo CD meet it.
struct ClaimValidationTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "platform/apis").path

  /// The claims of the folders of this name, of all APIs, by their path.
  static func fixtures(_ folders: String...) -> [String] {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    return names.sorted().filter { name in name.hasSuffix(".yaml") && folders.contains { name.contains("/\($0)/") } }
  }

  private static func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
  }

  /// A world in which every API of the platform is offered; made once, since it is only copied.
  private static let offered: ArgoCDWorld = {
    var argo = ArgoCDWorld()
    argo.run(.deployments, "crossplane", in: "crossplane-system")
    argo.after(5)
    for api in ["dragonflyinstance", "eventdrivenservice", "postgresinstance", "webservice"] {
      let manifests = (try? YAMLDocuments.parse(text("\(api)/definition.yaml"), file: api)) ?? []
      for manifest in manifests { argo.apply(manifest) }
    }
    argo.after(30)
    return argo
  }()

  /// What the API answers to every claim of a file: applied on the server, and created with the unknown taken out.
  private func answers(_ path: String) throws -> [String?] {
    var world = Self.offered.world
    return try YAMLDocuments.parse(Self.text(path), file: path).map { manifest in
      var claim = manifest
      claim[path: "metadata", "namespace"] = "apps"
      if case .failure(let failure) = world.apply(claim, manager: "test") { return failure.message }
      return nil
    }
  }

  @Test(arguments: fixtures("examples", "fixtures/valid"))
  func `the API takes every claim that keeps the rules`(path: String) throws {
    #expect(try answers(path).compactMap(\.self) == [])
  }

  // The platform's own rules about names are stricter than Kubernetes', which takes dots and counts the claim alone; what
  // has no effect it takes as well.
  private static let accepted: Set = [
    "webservice/fixtures/invalid/name-with-dots.yaml", "eventdrivenservice/fixtures/invalid/name-with-dots.yaml",
    "dragonflyinstance/fixtures/invalid/name-with-dots.yaml", "postgresinstance/fixtures/invalid/name-with-dots.yaml",
    "postgresinstance/fixtures/invalid/name-too-long.yaml", "webservice/fixtures/invalid/composition-ref-unknown.yaml",
    "webservice/fixtures/invalid/connection-secret.yaml", "webservice/fixtures/invalid/status.yaml",
    "webservice/fixtures/invalid/namespace-malformed.yaml",
  ]

  @Test(arguments: fixtures("fixtures/invalid").filter { !accepted.contains($0) })
  func `the API refuses every claim that breaks a rule, and names the field`(path: String) throws {
    let answer = try #require(try answers(path).first ?? nil, "it was taken")
    let comment = try #require(
      try Self.text(path).split(separator: "\n").first { $0.hasPrefix("# path: ") }?.dropFirst(8))
    guard !["apiVersion", "kind"].contains(comment) else {
      #expect(answer.hasPrefix("no matches for kind"), "\(answer)")
      return
    }
    let last = comment.split { ".[]".contains($0) }.map(String.init).last { Int($0) == nil } ?? ""
    #expect(answer.contains(last), "\(answer)")
  }

  private static let claim: JSONValue = [
    "apiVersion": "platform.bizmatters.io/v1alpha1", "kind": "WebService",
    "metadata": ["name": "shop", "namespace": "apps"], "spec": ["image": "shop:1"],
  ]

  private func refusal(_ change: (inout JSONValue) -> Void) -> String {
    var world = Self.offered.world
    var claim = Self.claim
    change(&claim)
    if case .failure(let failure) = world.apply(claim, manager: "test") { return failure.message }
    return "taken"
  }

  @Test func `the refusals are in the API server's words`() {
    let invalid = #"WebService.platform.bizmatters.io "shop" is invalid: "#
    #expect(
      refusal { $0[path: "spec", "size"] = "huge" }
        == invalid + #"spec.size: Unsupported value: "huge": supported values: "micro", "small", "medium", "large""#)
    #expect(
      refusal { $0[path: "spec", "replicas"] = 0 }
        == invalid
        + "spec.replicas: Invalid value: 0: spec.replicas in body should be greater than or equal to 1")
    #expect(
      refusal { $0[path: "spec", "secret2Name"] = "b" }
        == invalid
        + #"spec.secret2Name: Invalid value: "object": needs secret1Name; secrets are numbered without gaps"#)
    #expect(
      refusal { $0[path: "spec", "image"] = nil }
        == invalid
        + #"[spec.image: Required value, <nil>: Invalid value: "null": some validation rules were not checked because "#
        + "the object was invalid; correct the existing errors to complete validation]")
    #expect(
      refusal { $0[path: "spec", "replicas"] = "two" }
        == "failed to create typed patch object (apps/shop; platform.bizmatters.io/v1alpha1, Kind=WebService): "
        + #".spec.replicas: expected numeric, got &value.valueUnstructured{Value:"two"}"#)
    #expect(
      refusal { $0[path: "spec", "colour"] = "red" }.hasSuffix(".spec.colour: field not declared in schema"))
    #expect(
      refusal { $0[path: "spec", "imagePullSecrets"] = [["name": "a"], ["name": "a"]] }.hasSuffix(
        #".spec.imagePullSecrets: duplicate entries for key [name="a"]"#))
    let tooLong = String(repeating: "a", count: 64)
    #expect(
      refusal { $0[path: "metadata", "name"] = .string(tooLong) }.contains(
        "metadata.name: Too long: may not be more than 63 bytes"))
  }

  @Test func `defaults are filled in, and what Crossplane reads is no unknown field`() throws {
    var argo = Self.offered
    var claim = Self.claim
    claim[path: "spec", "compositionRef"] = ["name": "web-service"]
    argo.apply(claim)
    let stored = try #require(argo.object(GroupResource("webservices", "platform.bizmatters.io"), "shop"))
    #expect(stored[path: "spec", "size"] == "small" && stored[path: "spec", "replicas"] == 2)
    #expect(stored[path: "spec", "compositionRef", "name"] == "web-service")
  }

  @Test func `lists of claims show whether they are synced and ready`() throws {
    let type = try #require(Self.offered.world.registry.type(group: "platform.bizmatters.io", kind: "WebService"))
    let names = type.version("v1alpha1")?.columns.map(\.name)
    #expect(names == ["Size", "Hostname", "SYNCED", "READY", "CONNECTION-SECRET", "AGE"])
    let composite = try #require(Self.offered.world.registry.type(group: "platform.bizmatters.io", kind: "XWebService"))
    #expect(composite.version("v1alpha1")?.columns.map(\.name).contains("COMPOSITION") == true)
  }
}
