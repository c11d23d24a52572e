package import ZeroTouchModel

/// What the platform's Applications install, by version: `bootstrap/argocd/versions.yaml`.
package struct PlatformVersions: Sendable, Hashable {
  /// One version with its place.
  package struct Pin: Sendable, Hashable {
    package let component: String
    package let version: String
    package let location: SourceLocation
  }

  package let pins: [Pin]

  package subscript(component: String) -> Pin? { pins.first { $0.component == component } }

  package static func parse(_ text: String, file: String) throws(InvalidInput) -> PlatformVersions {
    let document = try LocatedYAML.documents(of: text, file: file).first
    guard let data = document?["data"]?.entries else {
      throw InvalidInput([
        Diagnostic(
          at: document?.location ?? SourceLocation(file: file, line: 1, column: 1),
          "expected a ConfigMap with `data`, one version a key", remedy: "restore the file from Git")
      ])
    }
    return PlatformVersions(
      pins: data.compactMap { entry in
        entry.value.scalar?.stringValue.map {
          Pin(component: entry.key, version: $0, location: entry.value.location)
        }
      })
  }

  /// Where Argo CD would install another version than the lock pins.
  package func disagreements(with lock: ArtifactLock) -> [Diagnostic] {
    pins.flatMap { pin in
      lock.artifacts(named: pin.component).filter { !Self.isSame($0.version, pin.version) }.prefix(1).map { artifact in
        Diagnostic(
          at: pin.location,
          "Argo CD would install `\(pin.component)` \(pin.version), and the lock pins \(artifact.version)",
          remedy: "write `\(pin.component): \(artifact.version)` here, or pin the other version: zerotouch artifacts update \(pin.component)@\(pin.version)")
      }
    }
  }

  /// Tags of repositories begin with a `v`, versions of charts do not.
  private static func isSame(_ left: String, _ right: String) -> Bool {
    left == right || "v\(left)" == right || left == "v\(right)"
  }
}
