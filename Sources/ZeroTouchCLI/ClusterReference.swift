import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline

/// Which cluster is meant: the one zerotouch.yaml describes, or a small one around an address.
struct ClusterReference: Sendable {
  /// The address of the first control plane, where there is no spec.
  var address: String?
  /// Whether the command takes one.
  var takesAddress = false
  var file: String?
  /// Workers beside the address, as NAME:IP,NAME:IP.
  var workerNodes: String?
  var provider: String?
  var kubeconfig: String?
  /// Whether stand-ins are taken for what was not fetched.
  var standIns = false
  let repository: RepositoryOptions

  /// What a run of this cluster is composed of.
  func composition(in environment: LiveEnvironment) -> BootstrapComposition {
    standIns ? environment.compositionWithStandIns : environment.composition
  }

  /// The spec that is meant, with the repository it belongs to.
  func resolve(in environment: LiveEnvironment) throws -> (spec: ClusterSpec, layout: RepositoryLayout) {
    let layout = try repository.layout(in: environment)
    let provider = try provider.map(Self.provider)
    var spec = try specification(layout, environment)
    if let provider { spec.provider = provider }
    if spec.provider == .kind, spec.environment != .preview {
      throw Refusal(
        .inputWrong, "a cluster of kind is a preview, and the spec's environment is `\(spec.environment.rawValue)`",
        remedy: "name a spec with `environment: preview` by --file, or leave --provider out")
    }
    if spec.provider == .talos, spec.environment != .main {
      throw Refusal(
        .inputWrong,
        "machines have no network and storage of their own, which the environment "
          + "`\(spec.environment.rawValue)` counts on",
        remedy: "name a spec with `environment: main` by --file, or leave --provider out")
    }
    if spec.provider == .kind, kubeconfig != nil {
      throw Refusal(
        .inputWrong, "kind writes the kubeconfig of the cluster it makes, so none can be named",
        remedy: "leave --kubeconfig out, or use the cluster as it is: --provider existing")
    }
    if spec.provider == .existing, kubeconfig == nil {
      throw Refusal(
        .inputWrong, "a cluster that exists is reached with its kubeconfig, and none was named",
        remedy: "add --kubeconfig FILE")
    }
    return (spec, layout)
  }

  /// The named kubeconfig as an absolute path, once it is sure that kubectl can read it.
  func checkedKubeconfig(in environment: LiveEnvironment) throws -> String? {
    guard let kubeconfig else { return nil }
    return try KubeconfigFile.checked(environment.absolute(kubeconfig))
  }

  /// The spec of the file, or of the arguments where there is none.
  func specification(_ layout: RepositoryLayout, _ environment: LiveEnvironment) throws -> ClusterSpec {
    let path = file.map(environment.absolute) ?? layout.spec
    let git = try layout.readRepository()
    if file != nil || FileManager.default.fileExists(atPath: path) { return try load(path, git) }
    let secrets = try Self.usualSecrets(layout, environment)
    if let provider = try provider.map(Self.provider), !provider.ownsMachines {
      guard address == nil, workerNodes == nil else {
        let reason =
          provider == .kind
          ? "kind makes its own nodes, which have no addresses yet"
          : "a cluster that exists is reached with its kubeconfig, not by the addresses of machines"
        throw Refusal(.inputWrong, reason, remedy: "leave the addresses out")
      }
      var spec = ClusterSpec.withoutMachines(provider, repository: git)
      spec.secrets = secrets
      return spec
    }
    guard let address else {
      throw Refusal(
        .inputWrong, "no `zerotouch.yaml` in `\(layout.root)`\(takesAddress ? " and no address" : "")",
        remedy: takesAddress
          ? "write one with `zerotouch init`, or name the server: zerotouch bootstrap 203.0.113.10"
          : "write one; that of a cluster bootstrapped without a file: zerotouch init --name zerotouch --address 203.0.113.10"
      )
    }
    let workers = try workerNodes.map { try WorkerArgument.parse($0) } ?? []
    var spec = try ClusterSpec.singleNode(address: address, workers: workers, repository: git)
    spec.secrets = secrets
    return spec
  }

  /// Without a file nobody says where credentials come from, but what Git holds may need them all the same.
  private static func usualSecrets(
    _ layout: RepositoryLayout, _ environment: LiveEnvironment
  ) throws -> SecretReferences {
    let hasSessionToken = environment.variables["AWS_SESSION_TOKEN"]?.isEmpty == false
    return SecretReferences(aws: try layout.readParameterStore()?.usualReferences(hasSessionToken: hasSessionToken))
  }

  private func load(_ path: String, _ repository: GitOpsRepository) throws -> ClusterSpec {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Refusal(.inputWrong, "`\(path)` cannot be read", remedy: "write one with `zerotouch init`")
    }
    if address != nil || workerNodes != nil {
      throw Refusal(
        .inputWrong, "`\(path)` describes the nodes already", remedy: "leave the addresses out, or move the file away")
    }
    return try SpecLoader.load(text: String(decoding: data, as: UTF8.self), file: path, repository: repository)
  }

  private static func provider(_ text: String) throws -> ClusterSpec.Provider {
    if let known = ClusterSpec.Provider(rawValue: text) { return known }
    throw Refusal(.inputWrong, "unknown provider `\(text)`", remedy: "use talos, kind or existing")
  }
}
