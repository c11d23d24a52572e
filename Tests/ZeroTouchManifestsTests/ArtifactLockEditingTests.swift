import Testing
import ZeroTouchManifests
import ZeroTouchModel

private let sum = String(repeating: "ab", count: 32)

struct ArtifactLockEditingTests {
  private static let text = """
    # What everything is.
    apiVersion: zerotouch.dev/v1alpha1
    kind: ArtifactLock
    artifacts:
      - name: image   # the system
        version: "1.10"
        url: https://example.org/1.10/image.raw.zst  # from the factory
        sha256: unset # nobody has measured it
        purpose: the system
      # The network.
      - {name: cilium, version: 1.19.6, url: https://example.org/cilium-1.19.6.tgz, sha256: unset, purpose: network}
      - sha256: '\(sum)'
        name: other
        size: 12
        version: v2.0.0
        url: https://example.org/v2.0.0/other
        purpose: rest

    """

  private static func edit(_ artifacts: [ArtifactLock.Artifact]) throws -> String {
    try ArtifactLock.text(text, replacing: artifacts, file: "lock.yaml")
  }

  @Test func `a sum that is written leaves every comment where it was`() throws {
    let lock = try ArtifactLock.parse(Self.text, file: "lock.yaml")
    let measured = lock.artifacts(named: "image").map { $0.pinned(sha256: sum, size: 99) }
    #expect(
      try Self.edit(measured)
        == Self.text.replacing(
          "sha256: unset # nobody has measured it", with: "sha256: \(sum) # nobody has measured it\n    size: 99"))
  }

  @Test func `entries on one line and entries in quotes are edited too`() throws {
    let lock = try ArtifactLock.parse(Self.text, file: "lock.yaml")
    let other = String(repeating: "cd", count: 32)
    let measured = [lock["cilium"], lock["other"]].compactMap { $0?.pinned(sha256: other, size: 7) }
    let edited = try Self.edit(measured)
    #expect(edited.contains("sha256: \(other), size: 7, purpose: network}"))
    #expect(edited.contains("  - sha256: \(other)\n    name: other\n    size: 7\n"))
    #expect(edited.contains("# The network."))
  }

  @Test func `another version changes the address and takes the sum away`() throws {
    let lock = try ArtifactLock.parse(Self.text, file: "lock.yaml")
    let next = try #require(lock["other"]).updated(to: "2.1.0")
    #expect(next.version == "v2.1.0")
    #expect(next.url == "https://example.org/v2.1.0/other")
    #expect(next.sha256 == nil)
    #expect(throws: InvalidInput.self) { try lock["other"]?.updated(to: "latest") }
  }

  @Test func `an address without the version is not guessed`() {
    let artifact = ArtifactLock.Artifact(
      name: "a", version: "1.0.0", url: "https://example.org/latest.tgz", sha256: nil, size: nil, purpose: "")
    let error = #expect(throws: InvalidInput.self) { try artifact.updated(to: "1.0.1") }
    #expect(error?.description.contains("does not name its version `1.0.0`") == true)
  }

  @Test func `a lock that cannot be edited in place is refused rather than damaged`() {
    let text = """
      kind: ArtifactLock
      artifacts:
        - name: a
          version: v1.0.0
          url: https://example.org/a
          sha256: >-
            unset
          purpose: a

      """
    let artifact = ArtifactLock.Artifact(
      name: "a", version: "v1.0.0", url: "https://example.org/a", sha256: sum, size: 1, purpose: "a")
    let error = #expect(throws: InvalidInput.self) {
      try ArtifactLock.text(text, replacing: [artifact], file: "lock.yaml")
    }
    #expect(error?.description.contains("cannot be edited in place") == true)
  }
}

@Test(arguments: [
  ("https://a.example/gateway.networking.k8s.io_gateways.yaml", ".yaml"),
  ("https://a.example/cilium-1.19.6.tgz", ".tgz"), ("https://a.example/metal-amd64.raw.zst", ".raw.zst"),
  ("https://a.example/x/none", ""),
])
func `versions of one artifact lie side by side in the cache`(url: String, type: String) {
  let artifacts = ["v1.4.1", "v1.4.2"].map {
    ArtifactLock.Artifact(name: "a", version: $0, url: url, sha256: sum, size: nil, purpose: "")
  }
  #expect(artifacts.map(\.fileName) == ["a-v1.4.1\(type)", "a-v1.4.2\(type)"])
}

@Test(arguments: [
  ("url: http://example.org/a", "is no address"), ("url: https://me:pw@example.org/a", "holds credentials"),
  ("url: \"https://example.org/a b\"", "is no address"), ("name: ../a", "is no name"),
  ("version: 1/2", "is no version"),
  ("size: -1", "is no number of bytes"), ("size: many", "is no number of bytes"),
])
func `a lock that could not be followed is refused with the place`(line: String, says: String) {
  let lines = ["name: a", "version: v1.0.0", "url: https://example.org/a", "sha256: unset", "size: 1", "purpose: a"]
  let key = line.prefix { $0 != ":" }
  let entry = lines.map { $0.hasPrefix("\(key):") ? line : $0 }.joined(separator: "\n    ")
  let text = "kind: ArtifactLock\nartifacts:\n  - \(entry)\n"
  let error = #expect(throws: InvalidInput.self) { try ArtifactLock.parse(text, file: "lock.yaml") }
  #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
  #expect(error?.diagnostics.allSatisfy { $0.location != nil } == true)
}

struct ArtifactMirrorTests {
  @Test func `a mirror holds files below the names of their origins`() throws {
    let mirror = try ArtifactMirror("https://mirror.example.org:8443/artifacts/")
    #expect(
      mirror.address(of: "https://helm.cilium.io/cilium-1.19.6.tgz")
        == "https://mirror.example.org:8443/artifacts/helm.cilium.io/cilium-1.19.6.tgz")
    #expect(mirror.credentials == nil)
  }

  @Test func `credentials are taken out of the address`() throws {
    let mirror = try ArtifactMirror("https://ann:p%40ss@mirror.example.org")
    #expect(mirror.base == "https://mirror.example.org")
    #expect(mirror.credentials == Secret("ann:p@ss"))
  }

  @Test(arguments: ["mirror.example.org", "ftp://mirror.example.org", "https://", "https://ann@", "https://a b", ""])
  func `what is no web server is refused without being repeated`(text: String) {
    let error = #expect(throws: InvalidInput.self) { try ArtifactMirror(text) }
    #expect(error?.description.contains("ZEROTOUCH_MIRROR") == true)
  }
}
