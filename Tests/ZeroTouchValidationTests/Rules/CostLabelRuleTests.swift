import Testing

@testable import ZeroTouchValidation

/// Labels that the spec asks for, on namespaces and pods.
struct CostLabelRuleTests {
  private static let spec =
    "apiVersion: zerotouch.dev/v1alpha1\nkind: Cluster\nmetadata: {name: a}\nspec:\n  costLabels: [team, cost-center]\n"
  private static let labels = "{team: shop, cost-center: \"4711\"}"

  private func found(_ text: String, spec: String = spec, policy: String = "") async throws -> [String] {
    let source = "source: {repoURL: https://github.com/a/own.git, path: shop, targetRevision: main}\n"
    return try await findings(
      ["zerotouch.yaml": spec, "root.yaml": application("shop", spec: source + policy), "shop/all.yaml": text],
      .costLabelMissing)
  }

  @Test func `a namespace without a label that the spec asks for is found`() async throws {
    func namespace(_ labels: String) -> String {
      "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels: \(labels)\n"
    }
    #expect(try await found(namespace("{team: shop}")) == ["ZT808 shop/all.yaml:5"])
    #expect(try await found(namespace(Self.labels)) == [])
    #expect(try await found(namespace("{}"), spec: "a: 1") == [], "nobody asks for labels")
  }

  @Test func `a pod template without a label is found`() async throws {
    func deployment(_ labels: String) -> String {
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    metadata:\n      labels: \(labels)\n    spec: {containers: []}\n"
    }
    #expect(try await found(deployment("{app: web}")) == ["ZT808 shop/all.yaml:7"])
    #expect(try await found(deployment(Self.labels)) == [])
  }

  @Test func `a namespace that an Application makes has its labels from there`() async throws {
    let configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"
    let creates = "syncPolicy:\n  syncOptions: [CreateNamespace=true]\n"
    #expect(try await found(configMap, policy: creates) == ["ZT808 root.yaml:10"])
    let labelled = creates + "  managedNamespaceMetadata: {labels: \(Self.labels)}\n"
    #expect(try await found(configMap, policy: labelled) == [])
  }
}
