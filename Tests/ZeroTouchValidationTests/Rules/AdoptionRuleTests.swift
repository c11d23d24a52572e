import Testing

@testable import ZeroTouchValidation

struct AdoptionRuleTests {
  private static let cilium = "platform/01-foundation/cilium.yaml"
  private static let argoCD = "platform/01-foundation/argocd.yaml"

  @Test func `the Applications that adopt Cilium and Argo CD take what was installed`() async throws {
    let repository = try CheckedRepository.ours()
    defer { repository.remove() }
    #expect(try await repository.findings(.adoptionDiffers) == [])
  }

  @Test(arguments: [
    (cilium, "$values/bootstrap/cilium/values.yaml", "$values/bootstrap/cilium/others.yaml", 20),
    (cilium, "releaseName: cilium", "releaseName: network", 19),
    (cilium, "namespace: kube-system", "namespace: cilium", 26),
    (argoCD, "releaseName: argocd", "releaseName: argo", 19),
    (argoCD, "$values/bootstrap/argocd/values.yaml", "$values/bootstrap/argocd/others.yaml", 20),
    (argoCD, "        valueFiles:", "        valuesObject: {server: {replicas: 2}}\n        valueFiles:", 20),
  ])
  func `where it takes something else, the place is named`(
    file: String, old: String, new: String, line: Int
  ) async throws {
    let repository = try CheckedRepository.ours()
    defer { repository.remove() }
    try repository.replace(old, with: new, in: file)
    #expect(try await repository.findings(.adoptionDiffers) == ["ZT238 \(file):\(line)"])
  }
}
