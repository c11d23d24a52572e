import Testing
import ZeroTouchModel

@testable import ZeroTouchValidation

/// A repository of an app team, whose operators come from the platform's.
struct ForeignAPITests {
  private static let monitor = "apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {name: one}\n"
  private static let secret =
    "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: db}\nspec:\n  secretStoreRef: {kind: ClusterSecretStore, name: aws}\n"

  private func report(_ objects: [String: String]) async throws -> ValidationReport {
    let repository = try CheckedRepository(SecretRuleTests.cluster(objects))
    defer { repository.remove() }
    return try await repository.report([.kindUnknown, .storeMissing])
  }

  @Test func `kinds and stores that the platform may bring are noted, not found`() async throws {
    let report = try await report(["all.yaml": "\(Self.monitor)---\n\(Self.secret)"])
    #expect(report.open.isEmpty)
    #expect(
      report.notes.map(\.text).filter { $0.hasSuffix("whether the cluster has it is unknown") } == [
        "nothing here brings the kind `ServiceMonitor.monitoring.coreos.com`: whether the cluster has it is unknown",
        "nothing here brings the kind `ExternalSecret.external-secrets.io`: whether the cluster has it is unknown",
        "there is no ClusterSecretStore `aws` here: whether the cluster has it is unknown",
      ])
  }

  @Test func `beside operators of its own a kind that is missing is a fault`() async throws {
    let operators =
      "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a}\nspec:\n  group: cert-manager.io\n  names: {kind: Certificate, plural: certificates}\n"
    let report = try await report(["all.yaml": Self.monitor, "operators.yaml": operators])
    #expect(report.open.map { "\($0.rule) \($0.location.file)" } == ["ZT309 objects/all.yaml"])
  }

  @Test func `beside a store of its own one that is missing is a fault`() async throws {
    let store = "apiVersion: external-secrets.io/v1\nkind: ClusterSecretStore\nmetadata: {name: azure}\n"
    let report = try await report(["all.yaml": "\(Self.secret)---\n\(store)"])
    #expect(report.open.map(\.rule) == ["ZT421"])
    let item =
      "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: db}\nspec:\n  secretStoreRef: {kind: ClusterSecretStore, name: azure}\n  data:\n    - sourceRef:\n        storeRef:\n          kind: ClusterSecretStore\n          name: aws\n"
    let second = try await self.report(["all.yaml": "\(item)---\n\(store)"])
    #expect(second.open.map { "\($0.rule) \($0.location.line)" } == ["ZT421 10"])
  }
}
