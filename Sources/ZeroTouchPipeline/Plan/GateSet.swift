import ZeroTouchManifests
package import ZeroTouchModel
package import ZeroTouchReadiness

/// The gates of one bootstrap, bounds included; the one place that says which gate asks what of whom.
package struct GateSet: Sendable {
  private let bootstrap: Bootstrap
  private let talos: TalosGates
  private let kubernetes: KubernetesGates

  init(bootstrap: Bootstrap) {
    let bounds = GateBounds(overrides: bootstrap.spec.timeouts)
    self.bootstrap = bootstrap
    talos = TalosGates(talosctl: bootstrap.talosctl, bounds: bounds)
    kubernetes = KubernetesGates(kubectl: bootstrap.kubectl, bounds: bounds)
  }

  package func talosMaintenance(_ node: Node) -> Gate { talos.maintenance(node) }
  package func talosConfigured(_ node: Node) -> Gate { talos.configured(node) }
  /// A control plane holds none of the manifests that Argo CD has taken over.
  package func handedOver(_ node: Node) -> Gate { talos.withoutManifests(node, bootstrap.inlineResourceIDs) }
  package func etcdHealthy(_ node: Node) -> Gate { talos.etcdHealthy(node) }
  package func etcdHealthyNamingMajority(_ node: Node) -> Gate { talos.etcdHealthyNamingMajority(node) }
  /// A further control plane is a member of the etcd that the first one holds.
  package func etcdMember(_ node: Node) -> Gate {
    talos.etcdMember(node, from: bootstrap.spec.controlPlanes.first ?? node)
  }
  /// The same, as another control plane sees it.
  package func etcdMember(beside node: Node) -> Gate {
    talos.etcdMember(node, from: bootstrap.spec.controlPlanes.first { $0.name != node.name } ?? node)
  }
  package var kubernetesAPI: Gate { kubernetes.apiReady }
  package func nodeReady(_ node: Node) -> Gate { kubernetes.nodeReady(node.name) }
  /// A node that joined works: it is Ready, its own Cilium agent runs, and there are as many operators as nodes allow.
  package func joined(_ node: Node) -> [Gate] {
    [nodeReady(node), kubernetes.ciliumAgent(on: node.name), kubernetes.ciliumOperator]
  }

  /// A network that really works, on the machines that are there when it is asked for: the first control plane's, for
  /// workers join later and further control planes may come late.
  package var network: [Gate] {
    guard bootstrap.ownsMachines else {
      return kubernetes.networkWithoutCilium(nodes: bootstrap.kindConfiguration.roles.count)
    }
    return kubernetes.networkWithCilium + bootstrap.spec.controlPlanes.prefix(1).map { nodeReady($0) }
  }

  package var argoCDDefinitions: Gate {
    let kinds = ["applications", "applicationsets", "appprojects"]
    return kubernetes.definitions(.argoCDDefinitions, kinds.map { "\($0).argoproj.io" })
  }
  package var argoCDReady: Gate { kubernetes.argoCDReady() }

  /// One gate a wave, so that a run says which wave it waits for and what holds it; the root Application, from which
  /// they all come, has its own at the end.
  package var waves: [Gate] {
    let waves = bootstrap.applications.waves.map { wave in
      let all = kubernetes.applicationsByWave(awaited.filter { $0.wave == wave.wave })
      let gate = announcements.isEmpty ? all : kubernetes.namingAddresses(all)
      return Gate(
        gate.name, subject: "wave \(wave.wave)", title: gate.title, sources: gate.sources, bound: gate.bound,
        judge: gate.judge)
    }
    return waves + [rootApplication] + announcements
  }

  /// An Application is Healthy as soon as the Gateway has an address; that somebody answers for it is seen here alone.
  package var announcements: [Gate] {
    guard bootstrap.ownsMachines, let pool = bootstrap.spec.network.gateway.pool else { return [] }
    return [kubernetes.gatewayAnnounced(pool)]
  }

  /// The Application that brings all others, at the commit that is checked out here.
  package var rootApplication: Gate {
    kubernetes.application(AwaitedApplication(RootApplicationStage.application, revision: bootstrap.commit))
  }

  /// Every Application that Git expects, in one look.
  package var applications: Gate { kubernetes.applicationsByWave(awaited) }

  private var platform: [Gate] { [argoCDReady, applications, rootApplication] + announcements }

  /// Everything that has to hold at the end.
  package var final: [Gate] {
    guard bootstrap.ownsMachines, let first = bootstrap.spec.controlPlanes.first else {
      return network + platform
    }
    let members = talos.etcdMembers(bootstrap.spec.controlPlanes.count, from: first)
    let nodes = kubernetes.nodesReady(bootstrap.spec.nodes.count)
    return [members, kubernetesAPI, nodes] + kubernetes.networkWithCilium + platform
  }

  /// The Applications that Git expects; those that live in the repository alone, at the commit it was checked out at.
  private var awaited: [AwaitedApplication] {
    bootstrap.applications.applications.map { application in
      let isOwn = application.sources.count == 1 && application.sources[0].repoURL == bootstrap.spec.gitops.repoURL
      return AwaitedApplication(application.name, wave: application.wave, revision: isOwn ? bootstrap.commit : nil)
    }
  }
}
