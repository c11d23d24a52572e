import ZeroTouchModel

/// Everything from outside that a bootstrap uses, pinned: `bootstrap/artifacts.lock.yaml`.
package struct ArtifactLock: Sendable, Hashable {
  /// One file from outside.
  package struct Artifact: Sendable, Hashable {
    package let name: String
    package let version: String
    package let url: String
    /// The SHA-256 in hexadecimal; nil where nobody has measured it yet (`unset`).
    package let sha256: String?
    /// In bytes, where it is known.
    package let size: Int?
    package let purpose: String
    /// Whether something written for the occasion takes the place of what the URL names.
    package let isStandIn: Bool

    package init(
      name: String, version: String, url: String, sha256: String?, size: Int?, purpose: String, isStandIn: Bool = false
    ) {
      self.name = name
      self.version = version
      self.url = url
      self.sha256 = sha256
      self.size = size
      self.purpose = purpose
      self.isStandIn = isStandIn
    }

    /// The artifact's name in the cache: several versions of one artifact lie there side by side.
    package var fileName: String { "\(name)-\(version)\(fileType)" }

    /// `.yaml`, `.tgz`, `.raw.zst`: what the last part of the URL ends with.
    private var fileType: String {
      let path = url.prefix { $0 != "?" && $0 != "#" }
      let parts = (path.split(separator: "/").last ?? "").split(separator: ".").dropFirst()
      guard let last = parts.last else { return "" }
      let inner = parts.dropLast().last.map { ["raw", "tar"].contains($0) ? ".\($0)" : "" } ?? ""
      return "\(inner).\(last)"
    }

    /// The artifact as people name it.
    package var title: String { "\(name) \(version)\(isStandIn ? " (stand-in)" : "")" }

    /// The same artifact with another sum and size.
    package func pinned(sha256: String, size: Int) -> Artifact {
      Artifact(
        name: name, version: version, url: url, sha256: sha256, size: size, purpose: purpose, isStandIn: isStandIn)
    }

    /// Something written for the occasion in the place of this artifact.
    package func standIn(sha256: String, size: Int) -> Artifact {
      Artifact(
        name: name, version: version, url: url, sha256: sha256, size: size, purpose: purpose, isStandIn: true)
    }
  }

  package let artifacts: [Artifact]

  package init(artifacts: [Artifact]) { self.artifacts = artifacts }

  package subscript(name: String) -> Artifact? { artifacts.first { $0.name == name } }

  /// The artifacts in whose places stand-ins were written, in words.
  package var standIns: [String] { artifacts.filter(\.isStandIn).map { "\($0.name) \($0.version)" } }

  /// What a name on a command line means: one artifact, or all of a group such as `gateway-api`.
  package func artifacts(named name: String) -> [Artifact] {
    self[name].map { [$0] } ?? artifacts(prefix: "\(name)-")
  }

  /// The artifacts whose names begin so, such as the Gateway API's CRDs.
  package func artifacts(prefix: String) -> [Artifact] {
    artifacts.filter { $0.name.hasPrefix(prefix) }.sorted { $0.name < $1.name }
  }

  /// The lock as text; reading it gives the same lock.
  package var yaml: String {
    let entries = artifacts.map { artifact in
      """
        - name: \(artifact.name)
          version: \(JSONValue.string(artifact.version).text())
          url: \(artifact.url)
          sha256: \(artifact.sha256 ?? "unset")
      \(artifact.size.map { "    size: \($0)\n" } ?? "")\(artifact.isStandIn ? "    standIn: true\n" : "")    purpose: \(artifact.purpose)
      """
    }
    return "apiVersion: zerotouch.dev/v1alpha1\nkind: ArtifactLock\nartifacts:\n"
      + entries.joined(separator: "\n") + "\n"
  }
}
