package import Foundation
package import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchSecrets
import ZeroTouchTools

/// A Secret that zerotouch or an ExternalSecret makes: who does, and since when it holds what it holds.
package struct OwnedSecret: Sendable, Hashable {
  package let name: SecretName
  package let owner: String
  /// When its values were last written; nil where it is missing.
  package let written: Date?

  /// Nil where somebody else makes it.
  init?(_ secret: JSONValue) {
    guard let metadata = secret["metadata"], let name = metadata["name"]?.stringValue,
      !name.hasPrefix(SmokeTest.prefix)
    else { return nil }
    switch SecretOwner(of: secret, ourselves: Kubectl.fieldManager) {
    case .externalSecret(let external)?: owner = "ExternalSecret/\(external)"
    case nil where SecretOwner.isMade(secret, by: Kubectl.fieldManager): owner = Kubectl.fieldManager
    default: return nil
    }
    self.name = SecretName(metadata["namespace"]?.stringValue ?? "", name)
    let time = Self.lastWrite(of: secret) ?? metadata["creationTimestamp"]?.stringValue
    written = time.flatMap { try? Date($0, strategy: .iso8601) }
  }

  private init(missing name: SecretName) {
    self.name = name
    owner = Kubectl.fieldManager
    written = nil
  }

  /// When the values were last written: times of one form can be compared as texts.
  static func lastWrite(of secret: JSONValue) -> String? {
    (secret[path: "metadata", "managedFields"]?.arrayValue ?? []).filter { $0[path: "fieldsV1", "f:data"] != nil }
      .compactMap { $0["time"]?.stringValue }.max()
  }

  /// Those of a cluster, in the order of their names, with those that the spec asks for and nobody has made.
  package static func all(in cluster: SecretCluster, wanted: [SecretInjection]) async throws -> [OwnedSecret] {
    let secrets = try await cluster.items(cluster.kubectl.listWithManagers("secrets", .allNamespaces))
    let present = Set(
      secrets.compactMap { $0["metadata"] }.map {
        SecretName($0["namespace"]?.stringValue ?? "", $0["name"]?.stringValue ?? "")
      })
    let missing = wanted.map(\.title).filter { !present.contains($0) }.map { OwnedSecret(missing: $0) }
    return (secrets.compactMap { OwnedSecret($0) } + missing).sorted { $0.name.description < $1.name.description }
  }
}
