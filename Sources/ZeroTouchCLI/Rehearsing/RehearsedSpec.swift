import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

/// Which cluster a rehearsal brings up: that of zerotouch.yaml, but for what the command line says instead.
struct RehearsedSpec: Sendable {
  let layout: RepositoryLayout
  /// The machines that were asked for; nil leaves it to the file.
  let nodes: NodeCounts?
  let environment: ClusterSpec.Environment?
  let tools: any ToolRunner

  /// The cluster, with what of the file is not rehearsed.
  func resolved() async throws -> (spec: ClusterSpec, notes: [String]) {
    let git = try layout.readRepository()
    guard let text = try RepositoryFile.text(of: layout.spec) else { return (try await unwritten(git), []) }
    let written = try SpecLoader.load(text: text, file: layout.spec, repository: git)
    return try await varied(written, git)
  }

  /// Without a file: Talos in production, or a preview of development.
  private func unwritten(_ git: GitOpsRepository) async throws -> ClusterSpec {
    var spec = environment == .preview ? preview(git, name: "preview") : machines(git)
    if environment == .preview { spec.stage = .dev }
    spec.secrets.aws = try await usualSecrets(of: spec)
    return spec
  }

  private func preview(_ git: GitOpsRepository, name: String) -> ClusterSpec {
    .withoutMachines(.kind, repository: git, name: name)
  }

  private func machines(_ git: GitOpsRepository, name: String = "rehearsal") -> ClusterSpec {
    .rehearsed(nodes ?? NodeCounts(), repository: git, name: name)
  }

  private func usualSecrets(of spec: ClusterSpec) async throws -> SecretReferences.AWS {
    ((try await store(of: spec)) ?? ParameterStore()).usualReferences(hasSessionToken: false)
  }

  /// The store that the stage's platform reads secrets from.
  private func store(of spec: ClusterSpec) async throws -> ParameterStore? {
    let overlay = layout.applications(Overlay(of: spec))
    let rendered = try await tools.run(Kubectl.kustomize(overlay))
    // What does not render is told with its reason once the plan is made.
    guard rendered.status == 0,
      let folder = try ExpectedApplications.parse(rendered.text, source: overlay).parameterStore.map(layout.path)
    else { return nil }
    let stores = try await tools.run(Kubectl.kustomize(folder))
    return stores.status == 0 ? try ParameterStore.parse(stores.text, file: folder) : nil
  }
}

extension RehearsedSpec {
  /// The file's cluster as it can be rehearsed here.
  private func varied(
    _ written: ClusterSpec, _ git: GitOpsRepository
  ) async throws -> (spec: ClusterSpec, notes: [String]) {
    let wanted = environment ?? written.environment
    if wanted == .preview, nodes != nil { throw refusal(countingNodesOf: written) }
    let own: ClusterSpec.Provider = wanted == .preview ? .kind : .talos
    if written.provider == own, nodes == nil { return (rehearsable(written), []) }
    if nodes == nil, environment == nil { throw refusal(withoutMachines: written) }
    guard written.provider == own else {
      var spec = wanted == .preview ? preview(git, name: written.name) : machines(git, name: written.name)
      (spec.stage, spec.gitops, spec.costLabels) = (written.stage, written.gitops, written.costLabels)
      // A cluster that exists may have its Secret already; one that is made anew has none.
      spec.secrets = written.secrets
      spec.secrets.recipients = []
      if !spec.secrets.hasStore, !spec.secrets.isStoreless { spec.secrets.aws = try await usualSecrets(of: spec) }
      let made = wanted == .preview ? "kind" : "Talos, on machines of its own"
      return (
        rehearsable(spec),
        ["of \(layout.spec) the stage `\(spec.stage.rawValue)` and the repository are rehearsed, on \(made)"]
      )
    }
    var spec = written
    spec.nodes = (nodes ?? NodeCounts()).nodes
    spec.endpoint = Endpoint(host: spec.nodes[0].address.description)
    return (rehearsable(spec), ["of \(layout.spec) everything is rehearsed but its machines and its endpoint"])
  }

  private func refusal(countingNodesOf written: ClusterSpec) -> Refusal {
    Refusal(
      .inputWrong, "`\(layout.spec)` describes a preview, which has no machines to number",
      remedy: "change kind's nodes in `bootstrap/kind/cluster.yaml`, or rehearse its stage on machines: add "
        + "--environment main")
  }

  private func refusal(withoutMachines written: ClusterSpec) -> Refusal {
    let remedy =
      written.environment == .preview
      ? "rehearse its stage as kind would make it: zerotouch rehearse --environment preview"
      : "rehearse its stage on machines: zerotouch rehearse --nodes control-plane=1,workers=2"
    return Refusal(
      .inputWrong, "`\(layout.spec)` names no machines to rehearse: its provider is `\(written.provider.rawValue)`",
      remedy: remedy)
  }

  /// The spec with references to stand-ins: a rehearsal needs none of the user's secrets, and reads none.
  private func rehearsable(_ spec: ClusterSpec) -> ClusterSpec {
    var spec = spec
    for index in spec.nodes.indices { spec.nodes[index].access = Node.Access() }
    spec.secrets = spec.secrets.replacing { _ in .environment(RehearsalGround.standIn) }
    spec.secrets.aws = spec.secrets.aws.map { aws in
      ParameterStore(region: aws.region, prefix: aws.prefix).usualReferences(hasSessionToken: aws.sessionToken != nil)
    }
    return spec
  }
}
