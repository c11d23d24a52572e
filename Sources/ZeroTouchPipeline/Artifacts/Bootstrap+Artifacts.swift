import ZeroTouchManifests

extension Bootstrap {
  /// Takes an artifact out of the cache into the state directory, its sum verified on the way: what is used is what
  /// was verified, whoever writes to the cache meanwhile.
  func taking(_ artifact: ArtifactLock.Artifact) -> (composition: Composition, path: String) {
    let path = workspace.path("artifacts/\(artifact.fileName)")
    let composition = Composition(
      "\(artifact.title) from the cache, its SHA-256 verified", from: [cached(artifact)], to: path
    ) { try artifact.verified($0[0]) }
    return (composition, path)
  }
}
