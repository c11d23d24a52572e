import Testing
import ZeroTouchManifests
import ZeroTouchModel

private let sum = String(repeating: "ab", count: 32)

@Test func `a lock that was written is read back as it was`() throws {
  let lock = ArtifactLock(artifacts: [
    .init(name: "cilium", version: "1.10", url: "https://a/c.tgz", sha256: sum, size: 12, purpose: "the network"),
    .init(name: "talos", version: "v1.13.9", url: "https://a/t.zst", sha256: nil, size: nil, purpose: "the system"),
  ])
  #expect(try ArtifactLock.parse(lock.yaml, file: "lock.yaml") == lock)
}

@Test func `every problem of a lock is told with its place`() {
  let text = """
    kind: ArtifactLock
    artifacts:
      - name: a
        version: "1"
        url: https://a/a
        sha256: short
        purpose: one
        extra: yes
      - name: a
        version: "1"
        sha256: unset
        purpose: two
    """
  let error = #expect(throws: InvalidInput.self) { try ArtifactLock.parse(text, file: "lock.yaml") }
  #expect(
    error?.diagnostics.map { "\($0.location.map(\.description) ?? "") \($0.message)" } == [
      "lock.yaml:6:13 `short` is no SHA-256", "lock.yaml:8:5 unknown key `extra`",
      "lock.yaml:9:5 `url` is missing or no string", "lock.yaml:9:11 `a` stands twice",
    ])
}

@Test func `a spec that wants other versions than the lock pins is told so`() throws {
  let pinned = [("talos-image", "v1.13.9"), ("cilium", "1.19.6"), ("gateway-api-gateways", "v1.4.1")]
  let lock = ArtifactLock(
    artifacts: pinned.map { .init(name: $0.0, version: $0.1, url: "https://a/b", sha256: nil, size: nil, purpose: "x") }
  )
  #expect(lock.disagreements(with: .default, file: "lock.yaml").isEmpty)
  var versions = VersionSet.default
  versions.talos = SemanticVersion(1, 12, 11)
  #expect(
    lock.disagreements(with: versions, file: "lock.yaml").map(\.description) == [
      """
      lock.yaml:1:1: error: the lock pins Talos `v1.13.9`, and the spec wants `1.12.11`
        remove `versions.talos` from the spec, or pin `1.12.11` with its URL and SHA-256
      """
    ])
}
