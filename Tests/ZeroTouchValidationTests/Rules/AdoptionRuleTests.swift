import Testing

@testable import ZeroTouchValidation

struct AdoptionRuleTests {
  private static let application = "platform/01-foundation/cilium.yaml"

  @Test func `the Application that adopts Cilium takes what Talos applies`() async throws {
    let repository = try CheckedRepository.ours()
    defer { repository.remove() }
    #expect(try await repository.findings(.adoptionDiffers) == [])
  }

  @Test(arguments: [
    ("$values/bootstrap/cilium/values.yaml", "$values/bootstrap/cilium/others.yaml", 20),
    ("releaseName: cilium", "releaseName: network", 19),
    ("namespace: kube-system", "namespace: cilium", 26),
  ])
  func `where it takes something else, the place is named`(old: String, new: String, line: Int) async throws {
    let repository = try CheckedRepository.ours()
    defer { repository.remove() }
    try repository.replace(old, with: new, in: Self.application)
    #expect(try await repository.findings(.adoptionDiffers) == ["ZT238 \(Self.application):\(line)"])
  }
}
