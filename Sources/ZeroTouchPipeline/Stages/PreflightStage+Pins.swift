import ZeroTouchManifests
import ZeroTouchModel

extension PreflightStage {
  /// What is wrong with the pins, before anybody looks at a file: missing entries, and versions that the spec does not
  /// ask for.
  static func pinProblems(_ bootstrap: Bootstrap) -> [Diagnostic] {
    let image = problems(of: "talos-image", bootstrap.spec.versions.talos, bootstrap)
    return (bootstrap.ownsMachines ? image + networkPinProblems(bootstrap) : [])
      + problems(of: "argo-cd", nil, bootstrap) + imageProblems(bootstrap)
  }

  /// The same of what goes into the machine configurations.
  static func networkPinProblems(_ bootstrap: Bootstrap) -> [Diagnostic] {
    let versions = bootstrap.spec.versions
    return problems(of: "cilium", versions.cilium, bootstrap)
      + problems(of: "gateway-api-", versions.gatewayAPI, bootstrap)
  }

  private static func problems(of name: String, _ wanted: SemanticVersion?, _ bootstrap: Bootstrap) -> [Diagnostic] {
    problems(of: bootstrap.lock.artifacts(prefix: name), named: name, wanted)
  }

  private static func problems(
    of artifacts: [ArtifactLock.Artifact], named name: String, _ wanted: SemanticVersion?
  ) -> [Diagnostic] {
    if artifacts.isEmpty {
      return [
        Diagnostic("the lock pins no artifact `\(name)`", remedy: "restore bootstrap/artifacts.lock.yaml from Git")
      ]
    }
    guard let wanted else { return [] }
    return artifacts.filter { SemanticVersion($0.version) != wanted }.map {
      Diagnostic(
        "the spec asks for \(wanted), but the lock pins `\($0.name)` \($0.version)",
        remedy: "make `spec.versions` and bootstrap/artifacts.lock.yaml agree")
    }
  }

  /// The machines fetch the image themselves and check its sum, so the lock has to have one.
  private static func imageProblems(_ bootstrap: Bootstrap) -> [Diagnostic] {
    guard bootstrap.ownsMachines, let image = bootstrap.lock["talos-image"], image.sha256 == nil else { return [] }
    return [image.unpinned]
  }
}
