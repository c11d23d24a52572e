import Testing
import ZeroTouchModel

@testable import ZeroTouchValidation

/// Definitions of every form, and patches against what they write.
struct CompositionPatchTests {
  /// An XRD; `v1` offers claims where `claims` says so.
  private func definition(version: String = "v1", claims: Bool = true, name: String = "xshops.example.org") -> String {
    """
    apiVersion: apiextensions.crossplane.io/\(version)
    kind: CompositeResourceDefinition
    metadata:
      name: \(name)
    spec:
      group: example.org
      names: {kind: XShop, plural: xshops}
      \(claims ? "claimNames: {kind: Shop, plural: shops}" : "scope: \(version == "v2" ? "Namespaced" : "LegacyCluster")")
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
                    size: {type: string, enum: [small, large]}
                    route: {type: object, properties: {host: {type: string}}}
                    isWatched: {type: boolean, default: false}
        - name: v1alpha1
          served: true
          referenceable: false
          schema:
            openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {old: {type: string}}}}}
    """
  }

  private func composition(_ patch: String, kind: String = "Deployment", steps: String = "") -> String {
    """
    apiVersion: apiextensions.crossplane.io/v1
    kind: Composition
    metadata:
      name: shop
    spec:
      compositeTypeRef: {apiVersion: example.org/v1, kind: XShop}
      mode: Pipeline
      pipeline:
        - step: resources
          functionRef: {name: function-patch-and-transform}
          input:
            apiVersion: pt.fn.crossplane.io/v1beta1
            kind: Resources
            patchSets:
              - name: common
                patches:
                  - fromFieldPath: spec.size
                    toFieldPath: metadata.labels.size
            resources:
              - name: web
                base: {apiVersion: \(kind == "Service" || kind == "Role" ? (kind == "Role" ? "rbac.authorization.k8s.io/v1" : "v1") : "apps/v1"), kind: \(kind)}
                patches:
                  - \(patch)
    \(steps)
    """
  }

  private let autoReady = "    - {step: ready, functionRef: {name: function-auto-ready}}"

  private func shop(_ spec: String, kind: String = "Shop", version: String = "v1") -> String {
    "apiVersion: example.org/\(version)\nkind: \(kind)\nmetadata: {name: one}\nspec:\n  \(spec)\n"
  }

  private func claims(_ definition: String, _ claim: String) async throws -> [String] {
    try await findings(["apis/definition.yaml": definition, "claims/one.yaml": claim], .claimBreaksSchema)
  }

  @Test func `claims are judged by definitions without a default Composition, and composites by themselves`()
    async throws
  {
    #expect(try await claims(definition(), shop("size: huge")) == ["ZT501 claims/one.yaml:5"])
    #expect(try await claims(definition(), shop("size: small")) == [])
    let claimless = definition(claims: false)
    #expect(try await claims(claimless, shop("size: huge", kind: "XShop")) == ["ZT501 claims/one.yaml:5"])
    #expect(try await claims(claimless, shop("compositionRef: {name: shop}", kind: "XShop")) == [])
    let modern = definition(version: "v2", claims: false)
    #expect(try await claims(modern, shop("size: huge", kind: "XShop")) == ["ZT501 claims/one.yaml:5"])
    #expect(try await claims(modern, shop("crossplane: {compositionRef: {name: shop}}", kind: "XShop")) == [])
    #expect(try await claims(definition(), shop("old: a", version: "v1alpha1")) == [], "an older version is served")
    #expect(try await claims(definition(), shop("old: a")) == ["ZT501 claims/one.yaml:5"])
  }

  @Test func `a claim that a kustomization changes is judged as it is built`() async throws {
    let patch = "apiVersion: example.org/v1\nkind: Shop\nmetadata: {name: one}\nspec:\n  size: huge\n"
    let files = [
      "apis/definition.yaml": definition(), "claims/one.yaml": shop("size: small"), "claims/patch.yaml": patch,
      "claims/kustomization.yaml": "resources: [one.yaml]\npatches: [{path: patch.yaml}]\n",
    ]
    #expect(try await findings(files, .claimBreaksSchema) == ["ZT501 claims/patch.yaml:5"])
  }

  @Test func `a claim belongs to the definition that lies beside it`() async throws {
    let other = definition().replacing("size:", with: "weight:")
    let files = [
      "one/definition.yaml": definition(), "two/definition.yaml": other, "one/claim.yaml": shop("size: small"),
      "two/claim.yaml": shop("size: small"),
    ]
    #expect(try await findings(files, .claimBreaksSchema) == ["ZT501 two/claim.yaml:5"])
  }

  @Test func `a definition that cannot be read is noted`() async throws {
    let repository = try CheckedRepository([
      "apis/definition.yaml": definition().replacing("referenceable: true", with: "referenceable: false")
    ])
    defer { repository.remove() }
    let report = try await repository.report([.claimBreaksSchema])
    #expect(report.notes.map { "\($0.location.file):\($0.location.line)" } == ["apis/definition.yaml:4"])
  }

  @Test func `a definition that is called otherwise than its plural is found`() async throws {
    #expect(
      try await findings(["apis/definition.yaml": definition(name: "xshop.example.org")], .definitionMisnamed) == [
        "ZT516 apis/definition.yaml:4"
      ])
    #expect(try await findings(["apis/definition.yaml": definition()], .definitionMisnamed) == [])
  }

  @Test func `a patch to a field that the kind does not have is found`() async throws {
    func found(_ to: String, kind: String = "Deployment") async throws -> [String] {
      let patch = "{fromFieldPath: spec.size, toFieldPath: \"\(to)\"}"
      return try await findings(["apis/composition.yaml": composition(patch, kind: kind)], .patchToNowhere)
    }
    for wrong in ["spec.replica", "spec.template.spec.container[0].image", "spec.template.spec.containers[0].img"] {
      #expect(try await found(wrong) == ["ZT514 apis/composition.yaml:23"], "\(wrong)")
    }
    for right in [
      "spec.replicas", "spec.template.spec.containers[0].image", "metadata.annotations[a/b]",
      "spec.template.metadata.labels.a",
    ] { #expect(try await found(right) == [], "\(right)") }
    #expect(try await found("spec.replicas", kind: "Service") == ["ZT514 apis/composition.yaml:23"])
  }

  @Test(arguments: [
    ("{type: PatchSet, patchSetName: commn}", ["ZT515 apis/composition.yaml:23"]),
    ("{type: PatchSet, patchSetName: common}", []),
    ("{type: FromCompositeFieldPaths, fromFieldPath: spec.size}", ["ZT515 apis/composition.yaml:23"]),
    (
      "{fromFieldPath: spec.size, toFieldPath: metadata.name, transforms: [{type: string, string: {fmt: \"%s-a\"}}]}",
      ["ZT515 apis/composition.yaml:23"]
    ),
    (
      "{fromFieldPath: spec.size, toFieldPath: metadata.name, transforms: [{string: {type: Format, fmt: \"%s-a\"}}]}",
      ["ZT515 apis/composition.yaml:23"]
    ),
    (
      "{fromFieldPath: spec.size, toFieldPath: metadata.name, transforms: [{type: string, string: {type: Format, fmt: \"%s-a\"}}]}",
      []
    ),
  ])
  func `a patch that the function refuses is found`(_ patch: String, _ expected: [String]) async throws {
    #expect(try await findings(["apis/composition.yaml": composition(patch)], .patchRefused) == expected)
  }

  @Test func `a field that the schema does not have is found in a patch set too`() async throws {
    let wrong = composition("{type: PatchSet, patchSetName: common}").replacing("spec.size", with: "spec.sise")
    #expect(
      try await findings(["apis/definition.yaml": definition(), "apis/composition.yaml": wrong], .patchFromNowhere) == [
        "ZT504 apis/composition.yaml:17"
      ])
  }

  @Test func `function-auto-ready judges the kinds it knows`() async throws {
    let patch = "{fromFieldPath: spec.size, toFieldPath: metadata.labels.size}"
    func found(_ kind: String, _ steps: String, version: String = "v0.7.0") async throws -> [String] {
      let function =
        "apiVersion: pkg.crossplane.io/v1\nkind: Function\nmetadata: {name: function-auto-ready}\nspec: {package: \"xpkg.crossplane.io/crossplane-contrib/function-auto-ready:\(version)\"}\n"
      return try await findings(
        ["apis/composition.yaml": composition(patch, kind: kind, steps: steps), "apis/functions.yaml": function],
        .neverReady)
    }
    #expect(try await found("Deployment", autoReady) == [])
    #expect(try await found("Service", autoReady) == [])
    #expect(try await found("Deployment", "") == ["ZT510 apis/composition.yaml:20"])
    #expect(try await found("Role", autoReady) == ["ZT510 apis/composition.yaml:20"])
    #expect(try await found("Deployment", autoReady, version: "v0.4.1") == ["ZT510 apis/composition.yaml:20"])
  }

  @Test func `an optional object that is always made is found`() async throws {
    func found(_ patch: String, steps: String = "") async throws -> [String] {
      let files = [
        "apis/definition.yaml": definition(),
        "apis/composition.yaml": composition(patch, kind: "Service", steps: steps),
      ]
      return try await findings(files, .optionalAlwaysMade)
    }
    let patch = "{fromFieldPath: spec.route.host, toFieldPath: spec.externalName}"
    #expect(try await found(patch) == ["ZT519 apis/composition.yaml:20"])
    #expect(
      try await found(patch.replacing("externalName", with: "externalName, policy: {fromFieldPath: Required}")) == [])
    #expect(try await found("{fromFieldPath: spec.size, toFieldPath: spec.type}") == [])
    #expect(
      try await found("{fromFieldPath: spec.isWatched, toFieldPath: \"metadata.labels[watched]\"}") == [
        "ZT519 apis/composition.yaml:20"
      ])
    let filter =
      "    - step: optional\n      functionRef: {name: function-cel-filter}\n      input: {filters: [{name: web, expression: has(observed.composite.resource.spec.route)}]}"
    #expect(try await found(patch, steps: filter) == [])
  }

  @Test func `a function that nothing installs, and a mode that is gone, are found`() async throws {
    func found(_ function: String, crossplane: String, mode: String = "Pipeline") async throws -> [String] {
      let text = composition("{fromFieldPath: spec.size, toFieldPath: spec.paused}").replacing(
        "mode: Pipeline", with: "mode: \(mode)")
      let installed = "apiVersion: pkg.crossplane.io/v1\nkind: Function\nmetadata: {name: \(function)}\n"
      let chart = application(
        "crossplane",
        spec: "source: {repoURL: https://charts.crossplane.io/stable, chart: crossplane, targetRevision: \(crossplane)}"
      )
      return try await findings(
        SecretRuleTests.cluster(
          ["composition.yaml": text, "function.yaml": installed], more: ["apps/crossplane.yaml": chart]),
        .functionMissing, .resourcesMode)
    }
    #expect(try await found("function-patch-and-transform", crossplane: "2.3.4") == [])
    #expect(try await found("patch-and-transform", crossplane: "2.3.4") == ["ZT517 objects/composition.yaml:10"])
    #expect(
      try await found("function-patch-and-transform", crossplane: "2.3.4", mode: "Resources") == [
        "ZT518 objects/composition.yaml:7"
      ])
  }

  @Test func `a definition with claims in a scope that has none is found`() async throws {
    func found(_ version: String, _ fields: String) async throws -> [String] {
      let text = definition(version: version).replacing("  versions:\n", with: "  \(fields)\n  versions:\n")
      return try await findings(["apis/definition.yaml": text], .definitionMisnamed)
    }
    #expect(try await found("v2", "group: example.org") == ["ZT516 apis/definition.yaml:8"])
    #expect(try await found("v1", "scope: Cluster") == ["ZT516 apis/definition.yaml:8"])
    #expect(try await found("v2", "scope: LegacyCluster") == [])
    #expect(try await found("v1", "scope: LegacyCluster") == [])
  }
}
