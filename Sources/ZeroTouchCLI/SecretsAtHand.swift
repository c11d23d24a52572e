import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchSecrets

/// The secrets of a cluster that lie on this laptop, so that nothing that is said may hold them.
struct SecretsAtHand: Sendable {
  let spec: ClusterSpec
  let workspace: Workspace

  /// Conceals the cluster's PKI, and what the spec's references name in files and variables. Other providers are not
  /// asked: their values never came near here.
  func conceal(from environment: LiveEnvironment) async {
    environment.concealment.learn(bundle: workspace.path("secrets.yaml"), in: workspace)
    let resolver = environment.composition.resolver(for: spec, prompt: nil)
    for reference in references where reference.isLocal {
      if let secret = try? await resolver.resolve(reference) { environment.concealment.learn([secret]) }
    }
  }

  private var references: [SecretReference] {
    let secrets = spec.secrets
    let single = [
      secrets.aws?.accessKeyID, secrets.aws?.secretAccessKey, secrets.aws?.sessionToken,
      secrets.repository?.access.reference, secrets.registry?.token, secrets.onePassword, secrets.openBao,
    ]
    return single.compactMap(\.self) + secrets.others.flatMap { $0.values.values }
  }
}

extension SecretReference {
  /// Whether its value lies on this laptop as it is.
  fileprivate var isLocal: Bool {
    switch self {
    case .environment, .file: true
    case .sops, .age, .onePassword, .openBao, .parameter, .prompt: false
    }
  }
}

extension Concealment {
  /// Learns the Talos secrets of a bundle, as far as it is there and can be read.
  func learn(bundle path: String, in workspace: Workspace) {
    guard let data = workspace.contents(of: path) else { return }
    let secrets = try? TalosSecrets(text: String(decoding: data, as: UTF8.self), file: path)
    learn(secrets?.values ?? [])
  }
}
