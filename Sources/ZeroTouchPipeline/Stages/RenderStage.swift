import Foundation
import ZeroTouchManifests
package import ZeroTouchModel
import ZeroTouchTools

/// Makes every file that machines and cluster are given, before anything is touched. The PKI is made once; everything
/// else follows from it and from Git, and is made anew in every run.
package enum RenderStage: Stage {
  package static let name = "render"

  package static func id(_ node: Node) -> StepID { StepID(name, node.name) }

  package static func steps(of bootstrap: Bootstrap) -> [Step] {
    [cluster(bootstrap)] + bootstrap.spec.nodes.sorted { $0.name < $1.name }.map { machine($0, bootstrap) }
  }

  private static func cluster(_ bootstrap: Bootstrap) -> Step {
    // Every rescue boot may have another host key, so what an earlier run saw must not count.
    let fresh = Operation.write("", to: bootstrap.knownHosts)
    let rest = [fresh] + network(bootstrap) + configurations(bootstrap)
    let secrets = Operation.run(
      Talosctl.generateSecrets(to: "-", talos: bootstrap.spec.versions.talos), capture: bootstrap.secretsBundle)
    return Step(
      id, "make the cluster's PKI and machine configurations", needs: [PreflightStage.id],
      probe: Probe([.file(bootstrap.secretsBundle)]) { $0.first.map(bundle) },
      action: Action(
        missing: [secrets] + rest,
        foreign: .refuse("restore the file from your backup, or remove it if this cluster was never made")
      ).responding(to: .done, with: .perform(rest)),
      expected: ExpectedDuration().adding(.localTool, times: 8))
  }

  /// The step for a cluster that runs already: without its PKI nothing can be made for it.
  static func keepingPKI(_ step: Step) -> Step {
    guard step.id == id else { return step }
    var copy = step
    let remedy = "copy `secrets.yaml` from the laptop that made the cluster into its state directory"
    copy.action = step.action.responding(to: .missing, with: .refuse(remedy))
    return copy
  }

  /// The bundle decides whether a cluster can ever be reached again, so a damaged one is never replaced.
  private static func bundle(_ answer: Answer) -> Observation {
    guard case .contents(let data) = answer else { return .missing("no secrets bundle") }
    let text = String(decoding: data, as: UTF8.self)
    let isWhole = ["cluster:", "secrets:", "trustdinfo:", "certs:"].allSatisfy { text.contains($0) }
    return isWhole
      ? .done("the PKI exists; everything else is made anew in every run") : .foreign("the secrets bundle is damaged")
  }

  private static func network(_ bootstrap: Bootstrap) -> [Operation] {
    guard let chart = bootstrap.lock["cilium"] else { return [] }
    let template = Helm.template(
      .path(bootstrap.cached(chart)), release: "cilium", namespace: "kube-system",
      values: [bootstrap.layout.ciliumValues], kubernetes: bootstrap.spec.versions.kubernetes)
    return [.run(template, capture: "\(bootstrap.rendered)/cilium.yaml")]
  }

  private static func configurations(_ bootstrap: Bootstrap) -> [Operation] {
    let (spec, folder) = (bootstrap.spec, bootstrap.rendered)
    let patch = MachineConfigPatch(for: spec)
    let wanted = Talosctl.Configuration(
      cluster: spec.name, endpoint: spec.endpoint, secrets: bootstrap.secretsBundle, talos: spec.versions.talos,
      kubernetes: spec.versions.kubernetes, patches: ["\(folder)/common.patch.yaml"],
      controlPlanePatches: ["\(folder)/controlplane.patch.yaml"], output: folder)
    let roles = Node.Role.allCases.map { bootstrap.configuration(of: $0) }
    return [
      .write(patch.common, to: "\(folder)/common.patch.yaml"),
      .compose(inlineManifests(bootstrap, patch)),
      .run(Talosctl.generateConfiguration(wanted), produces: roles + ["\(folder)/talosconfig"]),
      .compose(Composition("the talosconfig", from: ["\(folder)/talosconfig"], to: bootstrap.talosconfig) { $0[0] }),
      .run(bootstrap.talosctl.setEndpoints(spec.controlPlanes.map(\.address)), produces: [bootstrap.talosconfig]),
    ] + roles.map { .run(Talosctl.validate($0)) }
  }

  /// Talos applies these itself, long before anybody could reach the API: the CRDs, then Cilium that looks for them.
  private static func inlineManifests(_ bootstrap: Bootstrap, _ patch: MachineConfigPatch) -> Composition {
    let definitions = bootstrap.gatewayArtifacts.map { bootstrap.cached($0) }
    return Composition(
      "the control planes' patch with the Gateway API CRDs and Cilium inline",
      from: definitions + ["\(bootstrap.rendered)/cilium.yaml"], to: "\(bootstrap.rendered)/controlplane.patch.yaml"
    ) { inputs in
      let texts = inputs.map { String(decoding: $0, as: UTF8.self) }
      let crds = texts.dropLast().joined(separator: "\n---\n")
      return Data(
        patch.controlPlane(manifests: [("00-gateway-api-crds", crds), ("10-cilium", texts.last ?? "")]).utf8)
    }
  }

  private static func machine(_ node: Node, _ bootstrap: Bootstrap) -> Step {
    let own = bootstrap.patch(of: node)
    let output = bootstrap.configuration(of: node)
    let patches = [own] + node.patches.map { bootstrap.layout.path($0) }
    let make = Talosctl.patchConfiguration(
      bootstrap.configuration(of: node.role), patches: patches, to: output)
    // The role's configuration was checked; a patch written by hand can still break it.
    let check: [Operation] = node.patches.isEmpty ? [] : [.run(Talosctl.validate(output))]
    let operations: [Operation] = [
      .write(MachineConfigPatch(for: bootstrap.spec).node(node), to: own), .run(make, produces: [output]),
    ]
    return Step(
      id(node), "make the machine configuration of \(node.name)", needs: [id],
      probe: Probe([.file(output)]) { answers in
        switch answers.first {
        case .contents: .done("made anew in every run")
        case .absent(let reason): .missing(reason)
        default: nil
        }
      },
      action: Action(missing: operations + check).responding(to: .done, with: .perform(operations + check)),
      expected: ExpectedDuration(.localTool))
  }
}
