import Testing

@testable import ZeroTouchValidation

/// Who else writes what Crossplane and autoscalers write, and may.
struct ScaledWorkloadTests {
  @Test func `replicas of a Deployment that something scales are found`() async throws {
    func found(_ replicas: String, bounds: String = "") async throws -> [String] {
      let web = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  \(replicas)\n"
      let scaler =
        "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {scaleTargetRef: {kind: Deployment, name: web}\(bounds)}\n"
      return try await findings(SecretRuleTests.cluster(["web.yaml": web + scaler]), .replicasUnderAutoscaler)
    }
    #expect(try await found("replicas: 2") == ["ZT507 objects/web.yaml:5"])
    #expect(try await found("paused: false") == [])
    #expect(
      try await found("replicas: 1", bounds: ", minReplicas: 1, maxReplicas: 1") == [],
      "the autoscaler has no other number")
  }

  @Test func `a provider that may do everything is found`() async throws {
    func binding(_ role: String) -> String {
      "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: a}\nroleRef: {kind: ClusterRole, name: \(role)}\nsubjects:\n  - {kind: ServiceAccount, name: provider-kubernetes, namespace: crossplane}\n"
    }
    #expect(try await findings(["a.yaml": binding("cluster-admin")], .everythingAllowed) == ["ZT513 a.yaml:6"])
    #expect(try await findings(["a.yaml": binding("view")], .everythingAllowed) == [])
  }
}
