import Testing
import ZeroTouchModel

@Suite struct VersionTests {
  @Test func `versions are ordered by their numbers`() throws {
    let versions = ["v1.10.0", "1.9.12", "1.9.2"].compactMap(SemanticVersion.init(_:))
    #expect(versions.sorted().map(\.description) == ["1.9.2", "1.9.12", "1.10.0"])
  }

  @Test(arguments: ["", "1.2", "1.2.3.4", "1.2.x", "v1.2.3-rc.1", "01.2.3", "1.2.+3", " 1.2.3"])
  func `only three plain numbers are a version of a spec`(text: String) {
    #expect(SemanticVersion(strict: text) == nil)
  }

  @Test func `the default set fits itself`() { #expect(Compatibility.problems(of: .default) == []) }

  @Test func `both edges of every window fit, and what lies beyond does not`() {
    for table in Compatibility.tables where table.key == "talos" {
      for window in table.windows {
        var versions = VersionSet.default
        versions.talos = SemanticVersion(window.line.major, window.line.minor, 0)
        for (minor, fits) in [
          (window.partners.lowerBound.minor - 1, false), (window.partners.lowerBound.minor, true),
          (window.partners.upperBound.minor, true), (window.partners.upperBound.minor + 1, false),
        ] {
          versions.kubernetes = SemanticVersion(1, minor, 0)
          #expect(!Compatibility.problems(of: versions).contains { $0.keys == ["kubernetes", "talos"] } == fits)
        }
      }
    }
  }

  @Test func `the oldest patch of a line counts`() {
    var versions = VersionSet.default
    versions.gatewayAPI = SemanticVersion(1, 4, 0)
    #expect(
      Compatibility.problems(of: versions).map(\.message) == [
        "Gateway API `1.4.0` does not run with Cilium `1.19.6`, which takes 1.4 from 1.4.1 on (Cilium's documentation of the Gateway API, per release)"
      ])
    #expect(
      Compatibility.problems(of: versions).map(\.remedy) == ["use Gateway API 1.4.1, the nearest that is supported"])
  }
}
