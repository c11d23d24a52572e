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

  /// The same cluster with these workers; one that it has already stays as the spec has it.
  package func joining(_ workers: [WorkerArgument]) throws(InvalidInput) -> ClusterSpec {
    let known = Dictionary(nodes.map { ($0.name, $0) }) { first, _ in first }
    let problems = workers.compactMap { worker in known[worker.name].flatMap { worker.contradiction(to: $0) } }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    return try adding(workers.filter { known[$0.name] == nil })
  }
}

extension WorkerArgument {
  /// What is wrong where the spec has a machine of this name already.
  fileprivate func contradiction(to node: Node) -> Diagnostic? {
    if node.role == .controlPlane {
      return Diagnostic(
        .error, "`\(name)` is a control plane of the spec, no worker",
        remedy: "give the worker another name; `zerotouch install-os \(name)` installs that machine")
    }
    guard node.address != address else { return nil }
    return Diagnostic(
      .error, "the spec has `\(name)` at \(node.address), and \(address) was named",
      remedy: "correct one of the two, or give the new worker another name")
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
