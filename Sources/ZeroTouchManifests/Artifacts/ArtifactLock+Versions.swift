package import ZeroTouchModel

extension ArtifactLock {
  /// Where the lock pins another version than a spec wants: what is locked would be installed all the same.
  package func disagreements(with versions: VersionSet, file: String) -> [Diagnostic] {
    let pairs: [(key: String, name: String, prefix: String, wanted: SemanticVersion)] = [
      ("talos", "Talos", "talos-image", versions.talos), ("cilium", "Cilium", "cilium", versions.cilium),
      ("gatewayAPI", "Gateway API", "gateway-api-", versions.gatewayAPI),
    ]
    return pairs.flatMap { pair in
      let pinned = Set(artifacts(prefix: pair.prefix).map(\.version)).sorted()
      return pinned.filter { SemanticVersion($0) != pair.wanted }.map { version in
        Diagnostic(
          at: SourceLocation(file: file, line: 1, column: 1),
          "the lock pins \(pair.name) `\(version)`, and the spec wants `\(pair.wanted)`",
          remedy: "remove `versions.\(pair.key)` from the spec, or pin `\(pair.wanted)` with its URL and SHA-256")
      }
    }
  }
}
