package import ZeroTouchModel
import ZeroTouchTools

/// What `secrets verify` found out: every store, and every ExternalSecret down to who reads its Secret.
package struct SecretProof: Sendable {
  package let stores: [(name: String, problem: Diagnostic?)]
  package let links: [SecretChain.Link]

  package var problems: [Diagnostic] { stores.compactMap(\.problem) + links.compactMap(\.problem) }

  /// Reads everything, and has every store prove itself, one beside the other.
  package static func gather(in cluster: SecretCluster) async throws -> SecretProof {
    let chain = try await cluster.chain()
    let judged = try await chain.stores.mapSideBySide(atMost: 4) { store -> Diagnostic? in
      if let problem = chain.problem(with: store) { return problem }
      return try await SmokeTest(of: store.reference, among: chain.externals, in: cluster)?.problem()
    }
    return SecretProof(
      stores: zip(chain.stores, judged).map { ($0.reference.description, $1) }, links: chain.links)
  }
}
