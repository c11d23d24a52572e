/// What an Application makes a cluster wait for, beyond Argo CD's own comparison.
package enum Arrival: String, Sendable, Hashable, CaseIterable {
  /// Images are pulled and containers start.
  case containers
  /// Crossplane pulls and starts packages.
  case packages
  /// External Secrets reads parameters.
  case externalSecrets

  /// What an Application brings, as far as Git tells: a source of our own repository by the manifests it holds, a
  /// source of somebody else's counts as containers, and one that the lock pins is there before Argo CD is.
  ///
  /// - Parameter manifests: The texts of the manifests in a folder of our own repository.
  static func all(
    of application: Application, repoURL: String?, lock: ArtifactLock, manifests: (String) -> [String]
  ) -> Set<Arrival> {
    application.sources.reduce(into: []) { arrivals, source in
      if source.chart == nil, source.repoURL == repoURL {
        // A source without a path only lends its files to another one, as values.
        for text in source.path.map(manifests) ?? [] { arrivals.formUnion(self.named(in: text)) }
      } else if !lock.holds(source) {
        arrivals.insert(.containers)
      }
    }
  }

  private static func named(in manifest: String) -> [Arrival] {
    let kinds = manifest.split(separator: "\n").compactMap { line -> Substring? in
      line.hasPrefix("kind: ") ? line.dropFirst("kind: ".count) : nil
    }
    return kinds.compactMap { kind in
      switch kind {
      case "Deployment", "StatefulSet", "DaemonSet", "Job", "Pod": .containers
      case "Provider", "Configuration", "Function": .packages
      case "ExternalSecret", "ClusterExternalSecret", "ClusterSecretStore", "SecretStore": .externalSecrets
      default: nil
      }
    }
  }
}

extension ArtifactLock {
  /// Whether a source is something that the lock pins, which is on the cluster before Argo CD is.
  fileprivate func holds(_ source: Application.Source) -> Bool {
    if let chart = source.chart { return self[chart] != nil }
    guard let project = source.repoURL.split(separator: "://").last?.split(separator: "/").dropFirst(),
      !project.isEmpty,
      let path = source.path
    else { return false }
    let name = project.joined(separator: "/")
    return artifacts.contains { $0.url.contains("/\(name)/") && $0.url.contains("/\(path)/") }
  }
}
