package import ZeroTouchDiagnosis
package import ZeroTouchManifests
package import ZeroTouchModel
package import ZeroTouchTools

/// Everything a plan is made of: the cluster wanted, what Git holds for it, and where state lies.
///
/// `Bootstrap(…).plan()` describes the whole run as a value without starting anything; ``PipelineRunner`` performs it,
/// ``PipelineObserver`` only looks. The same plan serves a laptop's embedded cluster and real machines: which programs
/// answer is decided by the `ToolRunner` alone.
package struct Bootstrap: Sendable {
  package let spec: ClusterSpec
  package let layout: RepositoryLayout
  package let lock: ArtifactLock
  /// The folder with the artifacts that the lock names.
  package let cache: String
  package let workspace: Workspace
  /// What makes the machines' configurations.
  package let configurations: MachineConfigurationRenderer
  /// The Talos secrets bundle: the PKI of the cluster, made once, never again.
  package let secretsBundle: String
  /// The folder that is rendered into.
  package let rendered: String
  package let talosconfig: String
  /// What Git expects Argo CD to bring up.
  package let applications: ExpectedApplications
  /// What of the platform a spec without a store has without its ExternalSecrets.
  package let leftOut: [LeftOutFolder]
  /// The commit that is checked out here, where Argo CD has to have compared at it; nil accepts any.
  package let commit: String?
  /// What kind is to make, where it makes the cluster.
  package let kindConfiguration: KindConfiguration
  /// The file with which the cluster is reached: the workspace's own, or the user's for a cluster that exists.
  package let kubeconfig: String
  /// What earlier runs remember of rebuilds and replacements.
  package var renewals = Renewals()
  /// Which machines this run makes anew; nil where it makes none.
  package internal(set) var renewing: Renewing?
  /// The other clusters whose state lies on this laptop.
  package var neighbours: [Neighbour] = []
  /// The databases in Git that archive, where a rebuild has to know them.
  package var databases: [ArchivedDatabase] = []
  /// What the caller says about the installation of machines.
  package var installation = DiskInstallation()

  package init(
    spec: ClusterSpec, layout: RepositoryLayout, lock: ArtifactLock, cache: String, workspace: Workspace,
    applications: ExpectedApplications, leftOut: [LeftOutFolder] = [], commit: String? = nil, kubeconfig: String? = nil,
    configurations: MachineConfigurationRenderer? = nil, kindConfiguration: KindConfiguration = KindConfiguration(),
    secretsBundle: String? = nil, rendered: String? = nil, talosconfig: String? = nil
  ) {
    self.spec = spec
    self.layout = layout
    self.lock = lock
    self.cache = cache
    self.workspace = workspace
    self.applications = applications
    self.leftOut = leftOut
    self.commit = commit
    self.kubeconfig = kubeconfig ?? workspace.path("kubeconfig")
    self.configurations =
      configurations
      ?? MachineConfigurationRenderer(for: spec, installer: TalosInstaller(image: lock["talos-image"]))
    self.kindConfiguration = kindConfiguration
    self.secretsBundle = secretsBundle ?? workspace.path("secrets.yaml")
    self.rendered = rendered ?? workspace.path("rendered")
    self.talosconfig = talosconfig ?? workspace.path("talosconfig")
  }

  /// The stages in the order in which people think of them; what really comes first is what the steps need.
  private static var stages: [any Stage.Type] {
    [
      PreflightStage.self, CreateClusterStage.self, RenderStage.self, InstallOSStage.self, ApplyConfigStage.self,
      EtcdMajorityStage.self, BootstrapEtcdStage.self, JoinControlPlaneStage.self, KubernetesAPIStage.self,
      NetworkGateStage.self,
      InjectSecretsStage.self, JoinWorkerStage.self, InstallArgoCDStage.self, RootApplicationStage.self,
      SyncWavesStage.self, HandoverStage.self, ValidateStage.self,
    ]
  }

  /// What makes machines into a cluster; a cluster that exists, or that kind makes, has all of it behind it.
  private var stagesBehind: Set<String> {
    Self.machineStages.union(spec.provider == .kind ? [] : [KubernetesAPIStage.name])
  }

  private static let machineStages: Set = [
    RenderStage.name, InstallOSStage.name, ApplyConfigStage.name, EtcdMajorityStage.name, BootstrapEtcdStage.name,
    JoinControlPlaneStage.name,
    JoinWorkerStage.name, HandoverStage.name, RenderStage.encryptName,
  ]

  /// The whole bootstrap as a value.
  package func plan() -> BootstrapPlan {
    let plan = BootstrapPlan(
      cluster: spec.name, steps: Self.stages.flatMap { $0.steps(of: self) }, examined: examined)
    guard !ownsMachines else { return plan }
    return plan.removing { stagesBehind.contains($0.stage) }.anchored(at: PreflightStage.id)
  }

  /// Only what is rendered, with what has to be right for that.
  package func renderPlan() -> BootstrapPlan {
    BootstrapPlan(cluster: spec.name, steps: [PreflightStage.rendering(self)] + RenderStage.steps(of: self))
  }

  /// Whether zerotouch makes the machines, rather than finding a cluster that answers.
  package var ownsMachines: Bool { spec.provider.ownsMachines }

  /// The programs that a run of this cluster starts.
  package var toolbox: Toolbox { .bootstrap(spec.versions, provider: spec.provider, encrypts: encrypts) }

  /// What is uncertain about the disks of the machines.
  package var diskWarnings: [Diagnostic] { ownsMachines ? configurations.diskWarnings() : [] }

  /// The same of some machines alone.
  package func diskWarnings(of nodes: [Node]) -> [Diagnostic] {
    ownsMachines ? configurations.diskWarnings(of: nodes) : []
  }

  /// Everything that is uncertain about the cluster, before anybody has looked at it.
  package var warnings: [Diagnostic] { diskWarnings + spec.gatewayWarnings }

  /// Whether the PKI is to lie encrypted in Git.
  package var encrypts: Bool { !spec.secrets.recipients.isEmpty }

  /// The cluster and the machines whose state explains a failure.
  package var examined: ExaminedCluster {
    ExaminedCluster(
      name: spec.name, kubectl: kubectl, talosctl: ownsMachines ? talosctl : nil, nodes: ownsMachines ? spec.nodes : [])
  }

  package var kubectl: Kubectl { Kubectl(kubeconfig: kubeconfig) }
  package var talosctl: Talosctl { Talosctl(talosconfig: talosconfig) }
  package var kind: Kind { Kind(cluster: spec.name, kubeconfig: kubeconfig) }
  package var git: Git { Git(directory: layout.root) }
  package var gates: GateSet { GateSet(bootstrap: self) }
}
