package import ZeroTouchModel

extension ArtifactLock.Artifact {
  /// The same artifact in another version, unmeasured; the version stands in its address, and is exchanged there.
  package func updated(to version: String) throws(InvalidInput) -> ArtifactLock.Artifact {
    let number = version.hasPrefix("v") ? String(version.dropFirst()) : version
    let wanted = self.version.hasPrefix("v") ? "v\(number)" : number
    guard SemanticVersion(wanted) != nil, !wanted.contains("/") else {
      throw InvalidInput([Diagnostic("`\(version)` is no version", remedy: "write it as 1.2.3")])
    }
    guard url.contains(self.version) else {
      throw InvalidInput([
        Diagnostic(
          "the address of `\(name)` does not name its version `\(self.version)`: \(url)",
          remedy: "write the new address, the version and `sha256: unset` to the lock, then update without a version")
      ])
    }
    return ArtifactLock.Artifact(
      name: name, version: wanted, url: url.replacing(self.version, with: wanted),
      sha256: wanted == self.version ? sha256 : nil, size: wanted == self.version ? size : nil, purpose: purpose)
  }

  /// The same image, made by another schematic, unmeasured.
  package func made(by schematic: TalosSchematic) -> ArtifactLock.Artifact {
    guard let id = TalosSchematic.id(in: url), id != schematic.id else { return self }
    return ArtifactLock.Artifact(
      name: name, version: version, url: url.replacing(id, with: schematic.id), sha256: nil, size: nil, purpose: purpose
    )
  }
}
