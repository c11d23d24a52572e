/// What became of building a kustomization.
package struct KustomizeBuild: Sendable {
  package enum Outcome: Sendable {
    case built([Manifest])
    /// What kubectl said.
    case failed(String)
    /// Why it was not tried: something of it would have to be fetched.
    case unknown(String)
  }

  package let folder: String
  package let outcome: Outcome

  /// The objects; none where it was not built.
  package var manifests: [Manifest] { if case .built(let manifests) = outcome { manifests } else { [] } }
  package var failure: String? { if case .failed(let reason) = outcome { reason } else { nil } }
  package var unknown: String? { if case .unknown(let reason) = outcome { reason } else { nil } }
  /// What is not known of it and why; nil where it was built.
  var openQuestion: String? {
    (unknown ?? failure.map { _ in "it does not build" }).map {
      "the kustomization `\(folder.isEmpty ? "." : folder)` is not rendered: \($0); what it brings is unknown"
    }
  }
}
