/// How long one thing takes in the real world, and who says so.
package struct DeclaredDuration: Sendable, Hashable {
  /// How sure the figure is.
  package enum Source: Sendable, Hashable, CustomStringConvertible {
    case upstream(String)
    case unverified

    package var description: String {
      switch self {
      case .upstream(let text): text
      case .unverified: "unverified"
      }
    }
  }

  package let typical: Duration
  package let pessimistic: Duration
  package let source: Source

  package init(_ typical: Duration, _ pessimistic: Duration, _ source: Source) {
    self.typical = typical
    self.pessimistic = pessimistic
    self.source = source
  }
}

/// Everything a bootstrap waits for in the real world, by name. The one place where such durations stand:
/// predictions add them up, and whoever plays the real world lets them pass.
package enum RealWorld: String, Sendable, Hashable, CaseIterable {
  /// One program that only works on the laptop, such as a rendering.
  case localTool = "local-tool"
  /// Downloading the Talos image in the rescue system and writing it to the disk.
  case imageWrite = "image-write"
  /// From the reboot until the Talos API answers in maintenance mode.
  case maintenanceBoot = "maintenance-boot"
  /// From an accepted configuration until the machine runs with it.
  case configuration = "configuration"
  /// Making a cluster of containers on a laptop, its image pulled.
  case kindCreation = "kind-creation"
  /// From `talosctl bootstrap` until etcd is healthy.
  case etcdBootstrap = "etcd-bootstrap"
  /// From a further control plane's configuration until its etcd is a member.
  case etcdJoin = "etcd-join"
  /// From a healthy etcd until the Kubernetes API answers: images pulled, static pods started.
  case kubernetesAPI = "kubernetes-api"
  /// From a running kubelet until its Node object exists.
  case nodeRegistration = "node-registration"
  /// Pulling one image of usual size.
  case imagePull = "image-pull"
  /// From a pulled image until the container is ready.
  case containerStart = "container-start"
  /// The run of one init container.
  case initContainer = "init-container"
  /// The run of a Job's container.
  case jobRun = "job-run"
  /// From a claim that a scheduled pod uses until its volume exists.
  case volumeProvision = "volume-provision"
  /// From a created CustomResourceDefinition until it is Established.
  case crdEstablished = "crd-established"
  /// Argo CD noticing and comparing an Application.
  case applicationRefresh = "application-refresh"
  /// Argo CD's pause between two waves of a sync.
  case syncWaveDelay = "sync-wave-delay"
  /// External Secrets reading one parameter.
  case secretSync = "secret-sync"
  /// Crossplane pulling and starting a package.
  case packageInstall = "package-install"

  package var declared: DeclaredDuration { Self.table[self] ?? DeclaredDuration(.zero, .zero, .unverified) }

  private static let table: [RealWorld: DeclaredDuration] = [
    .localTool: .init(.seconds(1), .seconds(5), .unverified),
    .imageWrite: .init(.seconds(60), .seconds(180), .unverified),
    .maintenanceBoot: .init(.seconds(120), .seconds(300), .upstream("reports of 2 to 5 minutes on Hetzner dedicated")),
    .configuration: .init(.seconds(20), .seconds(60), .unverified),
    .kindCreation: .init(.seconds(60), .seconds(300), .unverified),
    .etcdBootstrap: .init(.seconds(10), .seconds(30), .unverified),
    .etcdJoin: .init(.seconds(20), .seconds(60), .unverified),
    .kubernetesAPI: .init(.seconds(45), .seconds(120), .unverified),
    .nodeRegistration: .init(.seconds(5), .seconds(20), .unverified),
    .imagePull: .init(.seconds(12), .seconds(40), .unverified),
    .containerStart: .init(.seconds(4), .seconds(15), .unverified),
    .initContainer: .init(.seconds(1), .seconds(3), .unverified),
    .jobRun: .init(.seconds(3), .seconds(15), .unverified),
    .volumeProvision: .init(.seconds(4), .seconds(15), .unverified),
    .crdEstablished: .init(.seconds(1), .seconds(5), .unverified),
    .applicationRefresh: .init(.seconds(3), .seconds(10), .unverified),
    .syncWaveDelay: .init(.seconds(2), .seconds(2), .upstream("Argo CD 3.4.7, ARGOCD_SYNC_WAVE_DELAY")),
    .secretSync: .init(.seconds(1), .seconds(5), .unverified),
    .packageInstall: .init(.seconds(40), .seconds(120), .unverified),
  ]
}
