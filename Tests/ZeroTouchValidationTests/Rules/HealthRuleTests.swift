import Testing

@testable import ZeroTouchValidation

/// What waves wait for in vain, what they do not wait for, and what no API server serves.
struct HealthRuleTests {
  private static let xrd = """
    apiVersion: apiextensions.crossplane.io/v1
    kind: CompositeResourceDefinition
    metadata: {name: xdatabases.example.org}
    spec:
      group: example.org
      names: {kind: XDatabase, plural: xdatabases}
      claimNames: {kind: Database, plural: databases}
      versions: [{name: v1, served: true, referenceable: true}]

    """
  private static let configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"

  private func parts(first: String = configMap, second: String, more: [String: String] = [:]) -> [String: String] {
    TwoApplications(first: first, second: second).files.merging(more) { $1 }
  }

  @Test func `a claim that Argo CD cannot judge is found where a wave stands behind it`() async throws {
    let claim = "apiVersion: example.org/v1\nkind: Database\nmetadata: {name: one}\n"
    let later =
      "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: b, annotations: {argocd.argoproj.io/sync-wave: \"1\"}}\n"
    let settings = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm}\ndata:\n  url: https://a.example\n"
    func found(_ second: String, _ cm: String) async throws -> [String] {
      try await findings(parts(first: Self.xrd, second: second, more: ["cm.yaml": cm]), .claimsWithoutHealth)
    }
    #expect(try await found(claim + later, settings) == ["ZT329 parts/second/all.yaml:2"])
    #expect(try await found(claim, settings) == [], "nothing stands behind it")
    let check = "  resource.customizations.health.example.org_Database: return {}\n"
    #expect(try await found(claim + later, settings + check) == [])
    let wildcard = "  resource.customizations: |\n    \"example.org/*\":\n      health.lua: return {}\n"
    #expect(try await found(claim + later, settings + wildcard) == [])
    #expect(
      try await findings(parts(first: Self.xrd, second: claim + later), .claimsWithoutHealth) == [],
      "configured elsewhere")
  }

  @Test func `a Service that nobody gives an address is found on machines`() async throws {
    let service = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  type: LoadBalancer\n"
    let machine = ["machines/patch.yaml": "machine: {sysctls: {a: \"1\"}}\n"]
    #expect(
      try await findings(parts(second: service, more: machine), .neverHealthy) == ["ZT324 parts/second/all.yaml:5"])
    #expect(try await findings(parts(second: service), .neverHealthy) == [], "a cloud may give it")
    let ignored = service.replacing(
      "name: web", with: "name: web, annotations: {argocd.argoproj.io/ignore-healthcheck: \"true\"}")
    #expect(try await findings(parts(second: ignored, more: machine), .neverHealthy) == [])
    let pool = "apiVersion: cilium.io/v2\nkind: CiliumLoadBalancerIPPool\nmetadata: {name: a}\n"
    #expect(try await findings(parts(first: pool, second: service, more: machine), .neverHealthy) == [])
    let unknown = machine.merging(["apps/more.yaml": chart("web", values: "a: 1")]) { $1 }
    #expect(
      try await findings(parts(second: service, more: unknown), .neverHealthy) == [],
      "a chart that nobody knows may give it")
  }

  private func chart(_ name: String, values: String) -> String {
    application(
      name, wave: "\"0\"",
      spec:
        "source:\n  repoURL: https://charts.example.org\n  chart: \(name)\n  targetRevision: 1.2.3\n  helm:\n    valuesObject:\n      \(values)"
    )
  }

  @Test func `a vault that is sealed before a later wave is found`() async throws {
    func found(_ values: String, wave: String = "1") async throws -> [String] {
      var pair = TwoApplications(first: Self.configMap, second: Self.configMap)
      pair.waves = (wave, wave)
      return try await findings(
        pair.files.merging(["apps/openbao.yaml": chart("openbao", values: values)]) { $1 }, .neverHealthy)
    }
    #expect(try await found("server: {ha: {enabled: true}}") == ["ZT324 apps/openbao.yaml:16"])
    #expect(try await found("server: {dev: {enabled: true}}") == [])
    #expect(try await found("server: {ha: {config: 'seal \"awskms\" {}'}}") == [])
    #expect(try await found("server: {ha: {enabled: true}}", wave: "0") == [], "nothing waits for it")
  }

  @Test func `a version that the definition does not serve is found`() async throws {
    let old = TwoApplications.widget.replacing("/v1", with: "/v1beta1")
    #expect(
      try await findings(parts(first: TwoApplications.definition, second: old), .versionNotServed) == [
        "ZT330 parts/second/all.yaml:1"
      ])
    #expect(
      try await findings(parts(first: TwoApplications.definition, second: TwoApplications.widget), .versionNotServed)
        == [])
    let claim = "apiVersion: example.org/v2\nkind: Database\nmetadata: {name: one}\n"
    #expect(
      try await findings(parts(first: Self.xrd, second: claim), .versionNotServed) == ["ZT330 parts/second/all.yaml:1"])
  }

  @Test func `a version that Kubernetes took away is found`() async throws {
    let budget = "apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {name: one}\n"
    #expect(try await findings(parts(second: budget), .versionNotServed) == ["ZT330 parts/second/all.yaml:1"])
    #expect(try await findings(parts(second: budget.replacing("v1beta1", with: "v1")), .versionNotServed) == [])
  }

  @Test func `a wave of a nested Application that says another order is found`() async throws {
    func files(_ inner: String, uncle: String) -> [String: String] {
      func source(_ path: String) -> String {
        "source: {repoURL: https://github.com/a/own.git, path: \(path), targetRevision: main}"
      }
      return [
        "root.yaml": application("root", spec: source("apps")),
        "apps/layer.yaml": application("layer", wave: "\"1\"", spec: source("layer")),
        "apps/uncle.yaml": application("uncle", wave: "\"\(uncle)\"", spec: source("parts")),
        "layer/store.yaml": application("store", wave: "\"\(inner)\"", spec: source("parts")),
        "parts/all.yaml": Self.configMap,
      ]
    }
    #expect(try await findings(files("5", uncle: "3"), .waveWithoutOrder) == ["ZT331 layer/store.yaml:6"])
    #expect(try await findings(files("5", uncle: "7"), .waveWithoutOrder) == [], "the order is the one it says")
    #expect(try await findings(files("1", uncle: "3"), .waveWithoutOrder) == [])
  }

  @Test func `a wave that is written as a label is found`() async throws {
    func file(_ field: String) -> [String: String] {
      [
        "a.yaml": Self.configMap.replacing(
          "{name: a}", with: "\n  name: a\n  \(field): {argocd.argoproj.io/sync-wave: \"5\"}")
      ]
    }
    #expect(try await findings(file("labels"), .waveWithoutOrder) == ["ZT331 a.yaml:5"])
    #expect(try await findings(file("annotations"), .waveWithoutOrder) == [])
  }
}
