/// The cluster that is wanted: `zerotouch.yaml` once read and found sound.
package struct ClusterSpec: Sendable, Hashable {
  /// The platform's flavour: the real one or the small preview on a laptop.
  package enum Environment: String, Sendable, Hashable, CaseIterable { case main, preview }
  /// How much is at stake.
  package enum Stage: String, Sendable, Hashable, CaseIterable { case dev, staging, production }
  /// Who makes the Kubernetes cluster.
  package enum Provider: String, Sendable, Hashable, CaseIterable {
    case talos, kind, existing

    /// Whether zerotouch makes the machines: kind makes its own, and what exists has them.
    package var ownsMachines: Bool { self == .talos }
  }
  /// Who syncs Git to the cluster.
  package enum Engine: String, Sendable, Hashable, CaseIterable { case argocd, flux }

  package var name: String
  package var environment: Environment
  package var stage: Stage
  package var provider: Provider
  package var endpoint: Endpoint
  package var nodes: [Node]
  package var versions: VersionSet
  package var network: Network
  /// Bounds of gates by name, where the defaults do not fit.
  package var timeouts: [String: Duration]
  package var gitops: GitOps
  package var secrets: SecretReferences
  /// The labels that namespaces and pods carry, so that their costs can be told apart.
  package var costLabels: [String]

  package init(
    name: String, environment: Environment = .main, stage: Stage = .production, provider: Provider = .talos,
    endpoint: Endpoint, nodes: [Node], versions: VersionSet = .default, network: Network = Network(),
    timeouts: [String: Duration] = [:], gitops: GitOps, secrets: SecretReferences = SecretReferences(),
    costLabels: [String] = []
  ) {
    self.name = name
    self.environment = environment
    self.stage = stage
    self.provider = provider
    self.endpoint = endpoint
    self.nodes = nodes
    self.versions = versions
    self.network = network
    self.timeouts = timeouts
    self.gitops = gitops
    self.secrets = secrets
    self.costLabels = costLabels
  }

  /// The control planes, in the order of their names; the first one bootstraps etcd.
  package var controlPlanes: [Node] { nodes.filter { $0.role == .controlPlane }.sorted { $0.name < $1.name } }
  /// The workers, in the order of their names.
  package var workers: [Node] { nodes.filter { $0.role == .worker }.sorted { $0.name < $1.name } }
}

/// Where the Kubernetes API answers.
package struct Endpoint: Sendable, Hashable, CustomStringConvertible {
  package var host: String
  package var port: Int

  package init(host: String, port: Int = 6443) {
    self.host = host
    self.port = port
  }

  package var description: String { "https://\(host.contains(":") ? "[\(host)]" : host):\(port)" }
}

/// What Git holds and where; stands once, in `bootstrap/argocd/repository.yaml`.
package struct GitOps: Sendable, Hashable {
  package var engine: ClusterSpec.Engine
  package var repoURL: String
  package var revision: String
  package var path: String

  package init(
    engine: ClusterSpec.Engine = .argocd, repoURL: String, revision: String = "main",
    path: String = "bootstrap/argocd"
  ) {
    self.engine = engine
    self.repoURL = repoURL
    self.revision = revision
    self.path = path
  }
}

/// References to what is injected before GitOps can take over.
package struct SecretReferences: Sendable, Hashable {
  /// Credentials of AWS Systems Manager Parameter Store.
  package struct AWS: Sendable, Hashable {
    package var accessKeyID: SecretReference
    package var secretAccessKey: SecretReference
    package var sessionToken: SecretReference?
    package var region: String
    package var prefix: String

    package init(
      accessKeyID: SecretReference, secretAccessKey: SecretReference, sessionToken: SecretReference? = nil,
      region: String, prefix: String
    ) {
      self.accessKeyID = accessKeyID
      self.secretAccessKey = secretAccessKey
      self.sessionToken = sessionToken
      self.region = region
      self.prefix = prefix
    }
  }

  package var aws: AWS?
  /// How Argo CD gets into the repository before GitOps can tell it.
  package var repository: Repository?
  /// How images are pulled, where no store says so.
  package var registry: Registry?
  /// What other ExternalSecrets make, where no store does.
  package var others: [Other]
  /// The token of 1Password Connect.
  package var onePassword: SecretReference?
  /// The token of OpenBao.
  package var openBao: SecretReference?
  /// Recipients of age for the Talos secrets; with any, the encrypted bundle lies in Git.
  package var recipients: [String]

  package init(
    aws: AWS? = nil, repository: Repository? = nil, registry: Registry? = nil, others: [Other] = [],
    onePassword: SecretReference? = nil, openBao: SecretReference? = nil, recipients: [String] = []
  ) {
    self.aws = aws
    self.repository = repository
    self.registry = registry
    self.others = others
    self.onePassword = onePassword
    self.openBao = openBao
    self.recipients = recipients
  }
}
