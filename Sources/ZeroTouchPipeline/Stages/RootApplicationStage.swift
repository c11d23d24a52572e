import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

/// Hands the cluster to Git: applies the root Application, from which everything else follows.
package enum RootApplicationStage: Stage {
  package static let name = "root-application"
  /// The root Application's name, as `bootstrap/root` has it.
  package static let application = "platform"

  package static func steps(of bootstrap: Bootstrap) -> [Step] {
    let rendered = "\(bootstrap.rendered)/root.yaml"
    let members = bootstrap.spec.controlPlanes.dropFirst().map { JoinControlPlaneStage.id($0) }
    let secrets = InjectionTable.rows(for: bootstrap.spec).isEmpty ? [] : [InjectSecretsStage.id]
    return [
      Step(
        id, "apply the root Application",
        needs: [InstallArgoCDStage.id] + secrets + members, probe: probe(bootstrap),
        action: Action(
          missing: [
            .run(
              Kubectl.kustomize(bootstrap.layout.rootApplication(Overlay(of: bootstrap.spec))),
              capture: rendered),
            .run(bootstrap.kubectl.apply(.file(rendered))),
          ],
          foreign: .refuse("if this is the right cluster, delete that Application or follow its repository")),
        expected: ExpectedDuration(.localTool, .localTool))
    ]
  }

  private static func probe(_ bootstrap: Bootstrap) -> Probe {
    let wanted = bootstrap.spec.gitops
    let folder = RepositoryLayout.applications(Overlay(of: bootstrap.spec))
    return Probe([.run(bootstrap.kubectl.get("applications.argoproj.io", application, .namespace("argocd")))]) {
      guard let answer = $0.first else { return nil }
      guard let output = answer.success else {
        return answer.complaint.contains("NotFound")
          ? .missing("no root Application") : .unreachable(answer.complaint)
      }
      guard let value = try? JSONValue(parsing: output.standardOutput), let source = Application(value)?.sources.first
      else { return .unreachable("kubectl printed no Application") }
      if source.repoURL != wanted.repoURL { return .foreign("the root Application follows `\(source.repoURL)`") }
      if source.revision != wanted.revision { return .different("it follows the revision `\(source.revision)`") }
      if let path = source.path, path != folder { return .different("it follows the folder `\(path)`") }
      return .done("it follows `\(wanted.revision)` of \(wanted.repoURL)")
    }
  }
}
