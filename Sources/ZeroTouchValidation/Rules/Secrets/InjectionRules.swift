import ZeroTouchManifests
import ZeroTouchModel

/// What zerotouch injects, beside what Git makes.
extension Rule {
  static let injectedAndMade = Rule(
    "ZT436", .error, "a Secret that is injected and made by Git as well",
    why:
      "each puts its own content back: the credentials that were injected are lost at the next sync, or the other way",
    remedy: "take it out of Git, or take the part of `secrets` in zerotouch.yaml that injects it",
    example: Example(
      wrong: "ExternalSecret: target: {name: aws-access-token}   # in external-secrets, where it is injected",
      right: "nothing in Git makes external-secrets/aws-access-token"),
    check: { survey in
      let injected = InjectedSecrets(survey)
      guard !injected.always.isEmpty else { return [] }
      return survey.clusters.flatMap { cluster -> [Violation] in
        let sources = SecretInventory(cluster).sources
        return injected.names(into: cluster).flatMap { name -> [Violation] in
          let made = sources[.init(namespace: name.namespace, name: name.name)] ?? []
          return made.filter(\.isOwner).map { source in
            let manifest = source.object.manifest
            return Violation(
              at: survey.place(of: manifest, at: "metadata", "name"),
              "the \(manifest.kind) `\(manifest.name)` makes the Secret `\(name)`, which zerotouch injects")
          }
        }
      }
    })
}

/// The Secrets that zerotouch injects into the clusters of a repository; none where it is not zerotouch that bootstraps
/// from it.
private struct InjectedSecrets {
  /// Into every cluster.
  let always: [SecretName]
  /// Only into that of the spec beside it.
  private var bySpec: [SecretName] = []
  private var entry = ""

  init(_ survey: Survey) {
    let file = "bootstrap/argocd/repository.yaml"
    guard let text = survey.tree.text(of: file), let git = try? GitOpsRepository.parse(text, file: file) else {
      always = []
      return
    }
    let spec = survey.tree.text(of: "zerotouch.yaml").flatMap {
      try? SpecLoader.load(text: $0, file: "zerotouch.yaml", repository: git)
    }
    always = InjectionTable.owned
    guard let spec else { return }
    bySpec = InjectionTable.rows(for: spec).map(\.title).filter { !InjectionTable.owned.contains($0) }
    entry = "bootstrap/root/\(Overlay(of: spec))"
  }

  func names(into cluster: ClusterView) -> [SecretName] { always + (cluster.entry == entry ? bySpec : []) }
}
