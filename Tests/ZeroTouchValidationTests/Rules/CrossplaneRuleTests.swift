import Foundation
import Testing
import ZeroTouchManifests
import ZeroTouchModel

@testable import ZeroTouchValidation

struct CrossplaneRuleTests {
  private static let definition = """
    apiVersion: apiextensions.crossplane.io/v1
    kind: CompositeResourceDefinition
    metadata:
      name: xshops.example.org
    spec:
      group: example.org
      names: {kind: XShop, plural: xshops}
      claimNames: {kind: Shop, plural: shops}
      defaultCompositionRef: {name: shop}
      connectionSecretKeys:
        - password
      versions:
        - name: v1
          served: true
          referenceable: true
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  required: [size]
                  properties:
                    size: {type: string, enum: [small, large]}
                    image: {type: string}
    """
  private static let composition = """
    apiVersion: apiextensions.crossplane.io/v1
    kind: Composition
    metadata:
      name: shop
    spec:
      compositeTypeRef:
        apiVersion: example.org/v1
        kind: XShop
      mode: Pipeline
      pipeline:
        - step: resources
          functionRef: {name: function-patch-and-transform}
          input:
            apiVersion: pt.fn.crossplane.io/v1beta1
            kind: Resources
            resources:
              - name: deployment
                base:
                  apiVersion: apps/v1
                  kind: Deployment
                  spec:
                    paused: false
                patches:
                  - fromFieldPath: spec.image
                    toFieldPath: spec.template.spec.containers[0].image
                  - fromFieldPath: spec.size
                    toFieldPath: metadata.labels.size
                connectionDetails:
                  - {name: password, type: FromValue, value: a}
                readinessChecks:
                  - {type: MatchCondition, matchCondition: {type: Available, status: "True"}}
              - name: scaler
                base: {apiVersion: keda.sh/v1alpha1, kind: ScaledObject}
    """
  private static let claim = "apiVersion: example.org/v1\nkind: Shop\nmetadata: {name: one}\nspec:\n  size: small\n"

  private func found(
    _ rule: Rule, _ old: String = "", _ new: String = "", more: [String: String] = [:]
  ) async throws -> [String] {
    func changed(_ text: String) -> String { old.isEmpty ? text : text.replacing(old, with: new) }
    let files = ["apis/definition.yaml": changed(Self.definition), "apis/composition.yaml": changed(Self.composition)]
    return try await findings(files.merging(more) { $1 }, rule)
  }

  @Test func `a claim that its API refuses is found at the field`() async throws {
    let wrong = Self.claim.replacing("small", with: "huge")
    #expect(try await found(.claimBreaksSchema, more: ["claims/one.yaml": wrong]) == ["ZT501 claims/one.yaml:5"])
    #expect(try await found(.claimBreaksSchema, more: ["claims/one.yaml": Self.claim]) == [])
    #expect(try await found(.claimBreaksSchema, more: ["apis/fixtures/invalid/size.yaml": wrong]) == [])
  }

  @Test func `an invalid fixture that passes is found`() async throws {
    let path = "apis/fixtures/invalid/size.yaml"
    #expect(try await found(.invalidFixturePasses, more: [path: Self.claim]) == ["ZT502 \(path):1"])
    let wrong = Self.claim.replacing("small", with: "huge")
    #expect(try await found(.invalidFixturePasses, more: [path: wrong]) == [])
  }

  @Test func `a published schema that differs from the definition is found`() async throws {
    let json = try #require(try YAMLDocuments.parse(Self.definition, file: "a").first)
    let published = PlatformAPI(try CompositeDefinition(json), []).jsonSchema()
    let path = "apis/schemas/shop.schema.json"
    #expect(try await found(.publishedSchemaDiffers, more: [path: published]) == [])
    let stale = published.replacing("\"large\"", with: "\"medium\"")
    let field = try #require(stale.range(of: "\"size\": {"))
    let line = stale[..<field.lowerBound].count { $0 == "\n" } + 1
    #expect(try await found(.publishedSchemaDiffers, more: [path: stale]) == ["ZT503 \(path):\(line)"])
    let other = "editors/anything.json"
    #expect(try await found(.publishedSchemaDiffers, more: [other: stale]) == ["ZT503 \(other):\(line)"])
    let loose = published.replacing("\"size\"\n", with: "\"image\"\n")
    #expect(loose != published, "the schema names what is required")
    #expect(try await found(.publishedSchemaDiffers, more: [path: loose]).count == 1)
    let more = published.replacing("\"size\": {", with: "\"colour\": {\"type\": \"string\"}, \"size\": {")
    #expect(try await found(.publishedSchemaDiffers, more: [path: more]).count == 1)
  }

  @Test func `a patch from a field that the schema does not have is found`() async throws {
    #expect(
      try await found(.patchFromNowhere, "fromFieldPath: spec.image", "fromFieldPath: spec.img")
        == ["ZT504 apis/composition.yaml:24"])
    #expect(try await found(.patchFromNowhere, "fromFieldPath: spec.image", "fromFieldPath: spec.claimRef.name") == [])
    #expect(try await found(.patchFromNowhere) == [])
  }

  @Test func `a field that nothing reads is found in the definition`() async throws {
    #expect(
      try await found(.fieldNeverUsed, "fromFieldPath: spec.image", "fromFieldPath: spec.size")
        == ["ZT505 apis/definition.yaml:25"])
    #expect(try await found(.fieldNeverUsed) == [])
    // Another function may read it.
    let other = Self.composition.replacing("fromFieldPath: spec.image", with: "fromFieldPath: spec.size").replacing(
      "function-patch-and-transform", with: "function-go-templating")
    #expect(try await found(.fieldNeverUsed, more: ["apis/composition.yaml": other]) == [])
  }

  @Test func `a patch that a later one always overwrites is found, and an optional one overwrites nothing`()
    async throws
  {
    let to = "toFieldPath: spec.template.spec.containers[0].image"
    #expect(
      try await found(.patchOverwritten, to, "toFieldPath: metadata.labels.size") == ["ZT506 apis/composition.yaml:25"])
    #expect(try await found(.patchOverwritten) == [])
    let optional = Self.composition.replacing("fromFieldPath: spec.size", with: "fromFieldPath: spec.image")
      .replacing("toFieldPath: metadata.labels.size", with: to)
    #expect(try await found(.patchOverwritten, more: ["apis/composition.yaml": optional]) == [])
  }

  @Test func `replicas beside an autoscaler are found`() async throws {
    #expect(
      try await found(.replicasUnderAutoscaler, "paused: false", "replicas: 2") == ["ZT507 apis/composition.yaml:22"])
    #expect(
      try await found(.replicasUnderAutoscaler, "toFieldPath: metadata.labels.size", "toFieldPath: spec.replicas")
        == ["ZT507 apis/composition.yaml:26"])
    #expect(try await found(.replicasUnderAutoscaler) == [])
  }

  @Test func `a connection key that nothing fills is found`() async throws {
    #expect(
      try await found(.connectionKeyWithoutDetail, "{name: password, type", "{name: token, type")
        == ["ZT508 apis/definition.yaml:11"])
    #expect(try await found(.connectionKeyWithoutDetail) == [])
  }

  @Test func `a definition that no Application installs is found`() async throws {
    func apps(_ path: String) -> [String: String] {
      let source = "source: {repoURL: https://github.com/a/b.git, path: \(path), targetRevision: main}"
      return ["apps/one.yaml": application("one", spec: source), "other/a.yaml": "a: 1"]
    }
    #expect(try await found(.definitionNotInstalled, more: apps("other")) == ["ZT509 apis/definition.yaml:4"])
    #expect(try await found(.definitionNotInstalled, more: apps("apis")) == [])
  }

  @Test func `a composed object that never counts as ready is found`() async throws {
    #expect(try await found(.neverReady, "type: Available", "type: Ready") == ["ZT510 apis/composition.yaml:31"])
    let none = "- {type: MatchCondition, matchCondition: {type: Available, status: \"True\"}}"
    #expect(try await found(.neverReady, none, "[]") == ["ZT510 apis/composition.yaml:17"])
    #expect(try await found(.neverReady, none, "- {type: None}") == [])
    #expect(try await found(.neverReady) == [])
  }

  @Test func `a Composition for a kind that no definition has is found`() async throws {
    #expect(
      try await found(.compositionOfNothing, "    kind: XShop", "    kind: XShops") == ["ZT511 apis/composition.yaml:8"]
    )
    #expect(try await found(.compositionOfNothing) == [])
  }

  @Test func `rights for a generated name, and for everything, are found`() async throws {
    func binding(_ name: String) -> [String: String] {
      let head = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: a}\n"
      return ["a.yaml": head + "subjects:\n  - kind: ServiceAccount\n    name: \(name)\n    namespace: crossplane\n"]
    }
    #expect(try await findings(binding("provider-kubernetes-a1b2c3d4e5f6"), .subjectGenerated) == ["ZT512 a.yaml:6"])
    #expect(try await findings(binding("provider-kubernetes"), .subjectGenerated) == [])
    func role(_ resource: String) -> [String: String] {
      let head = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: a}\nrules:\n"
      return ["a.yaml": head + "  - {apiGroups: [\"*\"], resources: [\"\(resource)\"], verbs: [\"*\"]}\n"]
    }
    #expect(try await findings(role("*"), .everythingAllowed) == ["ZT513 a.yaml:5"])
    #expect(try await findings(role("pods"), .everythingAllowed) == [])
  }
}
