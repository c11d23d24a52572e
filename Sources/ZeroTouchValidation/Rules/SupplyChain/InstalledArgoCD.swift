import ZeroTouchManifests
import ZeroTouchModel

extension Survey {
  /// The Argo CD that a kustomization of the cluster takes from its makers' repository.
  func kustomizedArgoCD(in cluster: ClusterView) -> PlacedVersion? {
    let built = cluster.consumed.union([cluster.entry]).filter { kustomizations[$0] != nil }
    return built.sorted().lazy.flatMap { self.kustomizations.closure(of: $0).remotes }
      .compactMap { reference -> PlacedVersion? in
        Self.argoCD(at: reference.text).map { PlacedVersion(version: $0, location: reference.location) }
      }.first
  }

  /// The version in an address such as `…/argoproj/argo-cd/v3.4.7/manifests/install.yaml`, or with `?ref=v3.4.7`.
  private static func argoCD(at address: String) -> SemanticVersion? {
    guard address.contains("argoproj/argo-cd") else { return nil }
    let form = #/argoproj\/argo-cd(?:\.git)?\/(?:v(?<path>[0-9.]+)\/|.*[?&](?:ref|version)=v(?<query>[0-9.]+))/#
    guard let match = address.firstMatch(of: form) else { return nil }
    return (match.output.path ?? match.output.query).flatMap { SemanticVersion(String($0)) }
  }

  /// Charts of Argo CD 2, which is not looked after any more; which patch each of them brings is in no table here.
  func secondArgoCD(in cluster: ClusterView) -> [Rule.Violation] {
    cluster.applications.flatMap { application in
      application.sources.compactMap { source -> Rule.Violation? in
        guard source.chart == "argo-cd", let version = SemanticVersion(source.revision),
          version < SemanticVersion(8, 0, 0)
        else { return nil }
        return Rule.Violation(
          at: place(of: application.manifest, at: source.path + ["targetRevision"]),
          "the chart `argo-cd` \(version) brings Argo CD 2, which is not looked after and runs with no Kubernetes of today",
          remedy: "raise it step by step to a chart of Argo CD 3")
      }
    }
  }
}
