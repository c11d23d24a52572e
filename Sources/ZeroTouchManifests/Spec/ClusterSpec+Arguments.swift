package import ZeroTouchModel

extension ClusterSpec {
  /// A cluster of one control plane, and of workers, for runs without a file.
  package static func singleNode(
    address: String, workers: [WorkerArgument] = [], repository: GitOpsRepository, name: String = "zerotouch",
    environment: Environment = .main
  ) throws(InvalidInput) -> ClusterSpec {
    let bare = address.hasPrefix("[") && address.hasSuffix("]") ? String(address.dropFirst().dropLast()) : address
    guard let controlPlane = IPAddress(bare), controlPlane.canBeMachine else {
      let problem = SpecFormat.address.complaint(about: bare)
      throw InvalidInput([Diagnostic(.error, problem.message, remedy: problem.remedy)])
    }
    var draft = SpecDraft()
    draft.name = name
    draft.environment = environment
    draft.endpoint = Placed(Endpoint(host: controlPlane.description))
    draft.nodes = [
      SpecDraft.NodeDraft(name: Placed("cp01"), role: .controlPlane, address: Placed(controlPlane))
    ]
    draft.nodes += workers.map {
      SpecDraft.NodeDraft(name: Placed($0.name), role: .worker, address: Placed($0.address))
    }
    draft.repoURL = repository.repoURL
    draft.revision = repository.revision
    return try draft.sound()
  }

  /// A cluster whose machines are not zerotouch's: one that exists already, or the preview that kind makes.
  package static func withoutMachines(
    _ provider: Provider, repository: GitOpsRepository, name: String = "zerotouch"
  ) -> ClusterSpec {
    ClusterSpec(
      name: name, environment: provider == .kind ? .preview : .main, provider: provider,
      endpoint: Endpoint(host: "localhost"), nodes: [],
      gitops: GitOps(repoURL: repository.repoURL, revision: repository.revision))
  }

  /// The same cluster with more workers, held to the same rules.
  package func adding(_ workers: [WorkerArgument]) throws(InvalidInput) -> ClusterSpec {
    var spec = self
    spec.nodes += workers.map { Node(name: $0.name, role: .worker, address: $0.address) }
    let problems = SpecRules.problems(of: SpecDraft(of: spec))
    guard problems.isEmpty else { throw InvalidInput(problems) }
    return spec
  }
}

extension SpecDraft {
  /// The draft of a sound spec, to hold it to the rules again.
  init(of spec: ClusterSpec) {
    self.init()
    name = spec.name
    provider = Placed(spec.provider)
    endpoint = Placed(spec.endpoint)
    nodes = spec.nodes.map {
      NodeDraft(
        name: Placed($0.name), role: $0.role, address: Placed($0.address), disk: $0.disk, interfaces: $0.interfaces)
    }
    podCIDR = Placed(spec.network.podCIDR)
    serviceCIDR = Placed(spec.network.serviceCIDR)
    environment = spec.environment
    versions = spec.versions
    gateway.mode = spec.network.gateway.mode
    gateway.pool = spec.network.gateway.pool
    repoURL = spec.gitops.repoURL
    revision = spec.gitops.revision
  }

  /// The spec, or everything that is wrong with it.
  fileprivate func sound() throws(InvalidInput) -> ClusterSpec {
    let problems = SpecRules.problems(of: self)
    guard problems.isEmpty, let spec else { throw InvalidInput(problems) }
    return spec
  }
}
