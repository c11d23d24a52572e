import ZeroTouchManifests
import ZeroTouchModel

extension PreflightStage {
  /// What is wrong with the pins, before anybody looks at a file: missing entries, and versions that the spec does not
  /// ask for.
  static func pinProblems(_ bootstrap: Bootstrap) -> [Diagnostic] {
    (bootstrap.ownsMachines ? machinePinProblems(bootstrap) : []) + problems(of: "argo-cd", nil, bootstrap)
  }

  /// The same of all that machines are given.
  static func machinePinProblems(_ bootstrap: Bootstrap) -> [Diagnostic] {
    imagePinProblems(bootstrap) + networkPinProblems(bootstrap)
  }

  /// The same of the image. The machines fetch it themselves and check its sum, so the lock has to have one.
  static func imagePinProblems(_ bootstrap: Bootstrap) -> [Diagnostic] {
    let unpinned = [bootstrap.lock["talos-image"]].compactMap(\.self).filter { $0.sha256 == nil }.map(\.unpinned)
    return problems(of: "talos-image", bootstrap.spec.versions.talos, bootstrap) + unpinned
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
}
