import Foundation
import ZeroTouchDiagnosis
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchReadiness
import ZeroTouchRecording
import ZeroTouchRehearsal
import ZeroTouchSecrets
import ZeroTouchTools

/// Puts a bootstrap together: reads what Git holds, and gives the runner its clock, tools and folders.
struct BootstrapComposition: Sendable {
  let tools: any ToolRunner
  let clock: any Clock<Duration>
  /// The folder with fetched artifacts.
  var cache: String
  var variables: [String: String]
  var pace = GatePace()
  /// How long the look for the cause of a failure may take.
  var examination = Examiner.usualBound
  /// Where stand-ins take the places of what was not fetched; nil where they may not.
  var standIns: ArtifactCache?
  /// What nothing that is said may hold.
  var concealment = Concealment()
  /// Who writes down what is said and read, where somebody does.
  var recorder: Recorder?
  /// What stands in the place of the world, in a replay.
  var replay: ReplayStage?

  /// The bootstrap of a spec in a repository; reads the lock and renders the Applications that Git expects.
  func bootstrap(_ spec: ClusterSpec, _ layout: RepositoryLayout, kubeconfig: String?) async throws -> Bootstrap {
    let lock = try await lock(spec, layout)
    let overlay = Overlay(of: spec)
    let applications = try await applications(
      layout, layout.applications(overlay), lock, gateway: spec.announcedGateway)
    let complete =
      overlay.isStoreless
      ? try await self.applications(layout, layout.applications(overlay.withStore), lock) : applications
    let workspace = Workspace(root: layout.state(of: spec.name))
    var bootstrap = Bootstrap(
      spec: spec, layout: layout, lock: lock, cache: cache, workspace: workspace,
      applications: applications.arriving(
        from: spec.gitops.repoURL, lock: lock, manifests: { Self.manifests(in: layout.path($0)) }),
      leftOut: complete.folders(leftOutOf: applications),
      kubeconfig: kubeconfig, configurations: try configurations(spec, layout, lock),
      kindConfiguration: try kindConfiguration(spec, layout))
    bootstrap.renewals = Renewals(of: spec, in: workspace)
    bootstrap.neighbours = Self.neighbours(of: spec.name, layout)
    return bootstrap
  }

  /// The other clusters whose talosconfig lies here.
  private static func neighbours(of cluster: String, _ layout: RepositoryLayout) -> [Neighbour] {
    let folder = URL(fileURLWithPath: layout.state(of: cluster)).deletingLastPathComponent().path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().filter { $0 != cluster }.map { name in
      Neighbour(name: name, talosconfig: Workspace(root: layout.state(of: name)).path("talosconfig"))
    }.filter { FileManager.default.fileExists(atPath: $0.talosconfig) }
  }

  /// The same for rendering alone, into a folder and with a secrets bundle of the caller's choice.
  func rendering(
    _ spec: ClusterSpec, _ layout: RepositoryLayout, secrets: String, to folder: String
  ) async throws -> Bootstrap {
    let lock = try await lock(spec, layout)
    let workspace = Workspace(root: layout.state(of: spec.name))
    var bootstrap = Bootstrap(
      spec: spec, layout: layout, lock: lock, cache: cache, workspace: workspace,
      applications: ExpectedApplications([]), configurations: try configurations(spec, layout, lock),
      secretsBundle: secrets, rendered: folder, talosconfig: "\(folder)/talosconfig")
    bootstrap.renewals = Renewals(of: spec, in: workspace)
    return bootstrap
  }

  private func pins(_ layout: RepositoryLayout) throws -> ArtifactLock {
    try ArtifactLock.parse(try layout.textInGit(layout.lock), file: layout.lock)
  }

  /// The pins, once it is sure that everything else in Git agrees with them.
  private func lock(_ spec: ClusterSpec, _ layout: RepositoryLayout) async throws -> ArtifactLock {
    let lock = try pins(layout)
    let problems = try PinnedRepository(layout: layout, lock: lock).problems(for: spec)
    guard problems.isEmpty else { throw InvalidInput(problems) }
    return try await standIns?.fill(lock, tools: tools) ?? lock
  }

  /// What makes the machines' configurations, once it is sure that every patch fits.
  private func configurations(
    _ spec: ClusterSpec, _ layout: RepositoryLayout, _ lock: ArtifactLock
  ) throws -> MachineConfigurationRenderer? {
    guard spec.provider.ownsMachines else { return nil }
    let patches = try MachinePatches.read(for: spec, layout, contents: RepositoryFile.text)
    let schematic = try RepositoryFile.text(of: layout.schematic).map {
      try TalosSchematic.parse($0, file: layout.schematic)
    }
    let values = try layout.ciliumValues(for: spec.network.gateway).map { (try layout.textInGit($0), $0) }
    let datapath = try CiliumDatapath(values: values)
    let renderer = MachineConfigurationRenderer(
      for: spec, patches: patches, masqueradesByBPF: datapath.masqueradesByBPF,
      installer: TalosInstaller(schematic: schematic, image: lock["talos-image"]))
    let problems = datapath.problems(for: spec.network) + renderer.problems()
    guard problems.isEmpty else { throw InvalidInput(problems) }
    return renderer
  }

  private func kindConfiguration(_ spec: ClusterSpec, _ layout: RepositoryLayout) throws -> KindConfiguration {
    guard spec.provider == .kind else { return KindConfiguration() }
    return try KindConfiguration.parse(try layout.textInGit(layout.kindCluster), file: layout.kindCluster)
  }

  /// What the runner and the observer are given; `report` hears every event, and only who acts may ask for secrets.
  func environment(
    for bootstrap: Bootstrap, prompt: SecretResolver.Prompt? = nil,
    report: @escaping @Sendable (PipelineEvent, Duration) -> Void
  ) -> PipelineEnvironment {
    let pace = pace.bounded(by: bootstrap.installation.width)
    return PipelineEnvironment(
      tools: tools, gates: GateKeeper(tools: tools, clock: clock, pace: pace, executor: replay?.clock), clock: clock,
      workspace: bootstrap.workspace,
      secrets: resolver(for: bootstrap.spec, prompt: prompt), concealment: concealment,
      width: bootstrap.installation.width, examination: examination,
      report: { [recorder] event, time in
        recorder?.note(event: event.line(at: time))
        report(event, time)
      },
      wallClock: { [replay] in replay?.now ?? Date() })
  }

  /// What reads the references of a spec.
  func resolver(for spec: ClusterSpec, prompt: SecretResolver.Prompt?) -> SecretResolver {
    if let replay { return SecretResolver(answering: replay.answers).remembering(on: replay.clock) }
    return SecretResolver(
      environment: variables, tools: tools, credentials: spec.secrets.aws, prompt: prompt,
      mode: { path in
        (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int
      },
      contents: { try Data(contentsOf: URL(fileURLWithPath: $0)) }
    ).heard(by: recorder)
  }

  /// The Applications that an overlay holds.
  func expected(
    _ layout: RepositoryLayout, _ overlay: Overlay
  ) async throws -> ExpectedApplications {
    try await applications(layout, layout.applications(overlay), pins(layout))
  }

  private func applications(
    _ layout: RepositoryLayout, _ folder: String, _ lock: ArtifactLock, gateway: Network.Gateway? = nil
  ) async throws -> ExpectedApplications {
    let output = try await tools.run(Kubectl.kustomize(folder))
    guard output.status == 0 else {
      throw Refusal(
        .inputWrong, "`\(folder)` does not render: \(output.errorText.trimmingCharacters(in: .whitespacesAndNewlines))",
        remedy: "try it yourself: kubectl kustomize \(folder)")
    }
    let overlay = folder.hasPrefix("\(layout.root)/") ? String(folder.dropFirst(layout.root.count + 1)) : folder
    let differing = try gateway.map { try GatewayAgreement(gateway: $0, overlay: overlay).problems(in: output.text) }
    let problems =
      (differing ?? []).isEmpty
      ? try ChartAdoption.cilium(lock, gateway: gateway).problems(in: output.text, file: folder) : differing ?? []
    guard problems.isEmpty else { throw InvalidInput(problems) }
    let folders = try await RepositoryFolders.checkedOut(in: layout.root, tools: tools)
    return try ExpectedApplications.parse(output.text, source: folder, folders: folders)
  }

  /// The texts of the manifests in a folder; what cannot be read says nothing.
  private static func manifests(in folder: String) -> [String] {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().compactMap { name in
      FileManager.default.contents(atPath: "\(folder)/\(name)").map { String(decoding: $0, as: UTF8.self) }
    }
  }
}

extension ClusterSpec {
  /// Where the Gateway's address has to come from in Git; nil where zerotouch brings no Cilium.
  fileprivate var announcedGateway: Network.Gateway? {
    provider == .talos && environment == .main ? network.gateway : nil
  }
}

extension LiveEnvironment {
  /// The composition with the real programs and the real clock; in a replay, with those of the recording.
  var composition: BootstrapComposition {
    var composition = BootstrapComposition(
      tools: tools(additions: ["KUBECACHEDIR": "\(cacheDirectory)/kube"]), clock: replay?.clock ?? clock,
      cache: cacheDirectory, variables: variables, concealment: concealment, recorder: recorder, replay: replay)
    if let replay { (composition.pace, composition.examination) = (replay.pace, replay.examination) }
    return composition
  }

  /// The same with stand-ins where the cache has no artifact: enough to look at, and too little for real machines.
  var compositionWithStandIns: BootstrapComposition {
    var composition = composition
    composition.cache = "\(cacheDirectory)/stand-ins"
    composition.standIns = ArtifactCache(directory: composition.cache, fetched: cacheDirectory)
    return composition
  }
}
