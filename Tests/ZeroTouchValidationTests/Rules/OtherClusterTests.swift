import Testing

@testable import ZeroTouchValidation

/// Definitions that go to another cluster than what needs them.
struct OtherClusterTests {
  private func files(_ server: String) -> [String: String] {
    let two = TwoApplications(first: TwoApplications.definition, second: TwoApplications.widget)
    var files = two.files
    files["apps/first.yaml"] = files["apps/first.yaml"]?.replacing("https://kubernetes.default.svc", with: server)
    return files
  }

  @Test func `a kind that another cluster alone defines is found`() async throws {
    #expect(try await findings(files("https://other:6443"), .kindUnknown) == ["ZT309 parts/second/all.yaml:2"])
    #expect(try await findings(files("https://kubernetes.default.svc"), .kindUnknown) == [])
  }
}
