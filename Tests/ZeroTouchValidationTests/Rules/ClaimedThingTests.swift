import Testing
import ZeroTouchModel

@testable import ZeroTouchValidation

/// What a claim names and the objects that it becomes take.
struct ClaimedThingTests {
  private static let definition = """
    apiVersion: apiextensions.crossplane.io/v1
    kind: CompositeResourceDefinition
    metadata: {name: xshops.example.org}
    spec:
      group: example.org
      names: {kind: XShop, plural: xshops}
      claimNames: {kind: Shop, plural: shops}
      defaultCompositionRef: {name: shop}
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
                  properties:
                    size: {type: string, enum: [small, large], default: small}
                    image: {type: string}
                    pull: {type: string}
                    env: {type: string}
    """
  private static let composition = """
    apiVersion: apiextensions.crossplane.io/v1
    kind: Composition
    metadata: {name: shop}
    spec:
      compositeTypeRef: {apiVersion: example.org/v1, kind: XShop}
      mode: Pipeline
      pipeline:
        - step: resources
          functionRef: {name: function-patch-and-transform}
          input:
            apiVersion: pt.fn.crossplane.io/v1beta1
            kind: Resources
            resources:
              - name: deployment
                base: {apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {containers: [{name: a}]}}}}
                patches:
                  - {fromFieldPath: spec.image, toFieldPath: "spec.template.spec.containers[0].image"}
                  - {fromFieldPath: spec.pull, toFieldPath: "spec.template.spec.imagePullSecrets[0].name"}
                  - {fromFieldPath: spec.env, toFieldPath: "spec.template.spec.containers[0].envFrom[0].secretRef.name"}
                  - {fromFieldPath: spec.size, toFieldPath: "metadata.labels.size", transforms: [{type: map, map: {small: s, large: l}}]}
                readinessChecks: [{type: None}]
    """

  private func files(_ spec: String, _ more: String = "", _ changes: (String, String)...) -> [String: String] {
    let claim = "apiVersion: example.org/v1\nkind: Shop\nmetadata: {name: one, namespace: second}\nspec:\n  \(spec)\n"
    var pair = TwoApplications(first: Self.definition + "\n---\n" + Self.composition, second: claim + more)
    for (old, new) in changes { pair.first = pair.first.replacing(old, with: new) }
    return pair.files
  }

  @Test func `a moving image of a claim is told at the claim's line`() async throws {
    #expect(
      try await findings(files("image: ghcr.io/a/b:latest"), .movingImageTag) == ["ZT601 parts/second/all.yaml:5"])
    #expect(try await findings(files("image: ghcr.io/a/b:1.2.3"), .movingImageTag) == [])
  }

  @Test func `a pull secret of a claim that nothing makes is found`() async throws {
    let made =
      "---\napiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: registry, namespace: second}\n"
    let rule = Rule.pullSecretNeverMade
    #expect(try await findings(files("pull: registry"), rule) == ["ZT429 parts/second/all.yaml:5"])
    #expect(try await findings(files("pull: registry", made), rule) == [])
  }

  @Test func `a Secret of a claim that nothing makes is unknown at the claim's line`()
    async throws
  {
    let repository = try CheckedRepository(files("env: settings"))
    defer { repository.remove() }
    let notes = try await repository.survey().notes.filter { $0.text.contains("settings") }
    #expect(notes.map { "\($0.location.file):\($0.location.line)" } == ["parts/second/all.yaml:5"])
    let like =
      "---\napiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: setting, namespace: second}\n"
    #expect(try await findings(files("env: setting", like), .secretNameDrifted) == [])
  }

  @Test func `a claim that names no Composition of its kind is found`() async throws {
    let rule = Rule.claimBreaksSchema
    #expect(
      try await findings(files("compositionRef: {name: nope}"), rule) == ["ZT501 parts/second/all.yaml:5"])
    #expect(try await findings(files("compositionRef: {name: shop}"), rule) == [])
  }

  @Test func `a default that the schema refuses is found`() async throws {
    let rule = Rule.definitionMisnamed
    #expect(
      try await findings(files("{}", "", ("default: small", "default: tiny")), rule)
        == ["ZT516 parts/first/all.yaml:20"])
    #expect(try await findings(files("{}"), rule) == [])
  }

  @Test func `a map without a value that the claim may have is found`() async throws {
    let rule = Rule.patchRefused
    #expect(
      try await findings(files("{}", "", (", large: l", "")), rule) == ["ZT515 parts/first/all.yaml:44"])
    #expect(try await findings(files("{}"), rule) == [])
  }

  @Test func `the first of two composed objects of one name is found`() async throws {
    let other = "- name: deployment\n            base: {apiVersion: v1, kind: ConfigMap}\n          - name: deployment"
    #expect(
      try await findings(files("{}", "", ("- name: deployment", other)), .patchOverwritten).count == 1)
    #expect(try await findings(files("{}"), .patchOverwritten) == [])
  }

  @Test func `a key that a projected volume asks for and the Secret lacks is found`() async throws {
    func found(_ key: String) async throws -> [String] {
      let pod =
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers: [{name: a}]\n  volumes:\n"
        + "    - name: v\n      projected:\n        sources:\n"
        + "          - secret: {name: db, items: [{key: \(key), path: p}]}\n"
      let made =
        "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: db, namespace: second}\n"
        + "spec: {data: [{secretKey: password, remoteRef: {key: /a}}]}\n"
      return try await findings(
        TwoApplications(first: made, second: pod.replacing("name: a}\nspec", with: "name: a, namespace: second}\nspec"))
          .files, .keyNotProduced)
    }
    #expect(try await found("pass") == ["ZT426 parts/second/all.yaml:10"])
    #expect(try await found("password") == [])
  }
}
