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
    var pins: [Pin] = []
    var problems: [Diagnostic] = []
    for entry in data {
      guard let version = entry.value.scalar?.stringValue else {
        problems.append(unreadable(entry))
        continue
      }
      pins.append(Pin(component: entry.key, version: version, location: entry.value.location))
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    return PlatformVersions(pins: pins)
  }

  /// A ConfigMap takes texts alone, and YAML reads `2.20` as the number 2.2.
  private static func unreadable(_ entry: LocatedYAML.Entry) -> Diagnostic {
    Diagnostic(
      at: entry.value.location, "the version of `\(entry.key)` is \(entry.value.kindName) where a text belongs",
      remedy: "write it in quotes, such as `\(entry.key): \"1.2.3\"`")
  }

  /// Where Argo CD would install another version than the lock pins.
  package func disagreements(with lock: ArtifactLock) -> [Diagnostic] {
    pins.flatMap { pin in
      lock.artifacts(named: pin.component).filter { !Self.isSame($0.version, pin.version) }.prefix(1).map { artifact in
        Diagnostic(
          at: pin.location,
          "Argo CD would install `\(pin.component)` \(pin.version), and the lock pins \(artifact.version)",
          remedy:
            "write `\(pin.component): \(artifact.version)` here, or pin the other version: zerotouch artifacts update \(pin.component)@\(pin.version)"
        )
      }
    }
  }

  /// What the platform installs and does not run with the cluster's versions, nor with each other.
  package func incompatibilities(with versions: VersionSet) -> [Diagnostic] {
    var all = versions.byKey
    // Which Argo CD there will be is the chart's to say.
    all["argocd"] = self["argo-cd"].flatMap { SemanticVersion($0.version) }.flatMap(Compatibility.argoCD)
    for pin in pins where all[pin.component] == nil { all[pin.component] = SemanticVersion(pin.version) }
    return Compatibility.problems(of: all).compactMap { problem in
      let keys = problem.keys.map { $0 == "argocd" ? "argo-cd" : $0 }
      guard let place = keys.compactMap({ self[$0] }).first(where: { !versions.byKey.keys.contains($0.component) })
      else {
        return nil
      }
      return Diagnostic(at: place.location, problem.message, remedy: problem.remedy)
    }
  }

  /// Tags of repositories begin with a `v`, versions of charts do not.
  private static func isSame(_ left: String, _ right: String) -> Bool {
    left == right || "v\(left)" == right || left == "v\(right)"
  }
}
