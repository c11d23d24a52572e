import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchRecording
import ZeroTouchTools

extension ClusterReference {
  /// A run of the cluster that is meant, with the real programs.
  func run(
    in environment: LiveEnvironment, told narration: Narration, machines: MachineOptions? = nil
  ) async throws -> Run {
    let (spec, layout) = try resolve(in: environment)
    return try await run(of: spec, layout, in: environment, told: narration, machines: machines)
  }

  /// A run of a spec that was changed after it was read; `names` are the machines that are meant, where not all are.
  func run(
    of spec: ClusterSpec, _ layout: RepositoryLayout, in environment: LiveEnvironment,
    told narration: Narration, machines: MachineOptions? = nil, of names: Set<String>? = nil
  ) async throws -> Run {
    let spec = try machines?.completed(spec, layout, of: names, in: environment) ?? spec
    let kubeconfig = try checkedKubeconfig(in: environment)
    let composition = composition(in: environment)
    if let recorder = environment.recorder {
      recorder.take(
        place: RecordedScene(of: spec.name, layout, composition, arguments: recorder.arguments, in: environment))
    }
    try await Toolbox.reading.demand(of: composition.tools)
    var bootstrap = try await composition.bootstrap(spec, layout, kubeconfig: kubeconfig)
    bootstrap.installation =
      machines?.installation(in: environment) ?? DiskInstallation(askpass: environment.executable)
    for node in spec.nodes {
      bootstrap.installation.pinned[node.name] =
        RescueTicketFiles(workspace: bootstrap.workspace, node: node).pinned
    }
    environment.console.announce(bootstrap.lock.standIns)
    return Run(
      composition: composition, bootstrap: bootstrap, narration: narration, console: environment.console)
  }
}
