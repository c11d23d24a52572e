import Foundation
import ZeroTouchManifests
package import ZeroTouchModel
package import ZeroTouchTools

/// The proof that a store gives what it holds: an ExternalSecret of zerotouch's own, read once and taken away.
package struct SmokeTest: Sendable {
  /// What its objects' names begin with.
  package static let prefix = "zerotouch-smoke-"

  private let cluster: SecretCluster
  /// An ExternalSecret that reads the store, whose first value is read again.
  private let model: ObservedExternalSecret
  private let store: ObservedSecretStore.Reference

  /// Nil where nothing reads the store: there is nothing it is known to hold.
  package init?(
    of store: ObservedSecretStore.Reference, among externals: [ObservedExternalSecret], in cluster: SecretCluster
  ) {
    let readers = externals.filter { $0.store == store && $0.target != nil && !$0.entries.isEmpty }
    guard
      let model = readers.first(where: { $0.isSynced && !$0.isTemplated }) ?? readers.first(where: \.isSynced)
        ?? readers.first
    else { return nil }
    self.store = store
    self.model = model
    self.cluster = cluster
  }

  private var name: String { String((Self.prefix + store.name).prefix(63)) }
  private var namespace: String { model.metadata.namespace ?? "" }

  /// What is wrong; nil where the store gave the same value as the Secret that is there. Its objects are gone afterwards,
  /// however it ends.
  package func problem() async throws -> Diagnostic? {
    do {
      _ = try await cluster.tools.succeed(cluster.kubectl.apply(.text(manifest.text()), forceConflicts: true))
      let problem = try await judged()
      try await remove()
      return problem
    } catch {
      // Cancelled tasks cannot start programs, and what is left behind would be read again for ever.
      await Task { try? await remove() }.value
      throw error
    }
  }

  private var manifest: JSONValue {
    [
      "apiVersion": "external-secrets.io/v1", "kind": "ExternalSecret",
      "metadata": [
        "name": .string(name), "namespace": .string(namespace),
        "labels": ["app.kubernetes.io/managed-by": "zerotouch"],
      ],
      "spec": [
        "refreshInterval": "0", "secretStoreRef": ["kind": .string(store.kind), "name": .string(store.name)],
        "target": ["name": .string(name), "creationPolicy": "Owner"], "data": .array([model.entries[0]]),
      ],
    ]
  }

  private func remove() async throws {
    for resource in [ObservedExternalSecret.resource, "secret"] {
      _ = try await cluster.tools.succeed(cluster.kubectl.delete(resource, name, .namespace(namespace)))
    }
  }

  private func judged() async throws -> Diagnostic? {
    let title = "the store `\(store)`"
    let seen = try await cluster.waitFor { try await answer() }
    guard let seen else {
      let words = try await lastReason()?.message ?? "nobody looked at the ExternalSecret `\(name)`"
      return Diagnostic(
        "\(title) gave nothing within \(cluster.patience.inWords): \(words)",
        remedy: try await lastReason()?.remedy ?? "see that the operator runs: kubectl -n external-secrets get pods")
    }
    if case .refused(let reason) = seen {
      return Diagnostic(
        "\(title) gives nothing: \(reason.code.map { "\($0): " } ?? "")\(reason.message)", remedy: reason.remedy)
    }
    return try await comparison()
  }

  private enum Answer: Sendable {
    case synced
    case refused(ProviderReason)
  }

  /// Nil while it is not known.
  private func answer() async throws -> Answer? {
    let json = try await cluster.object(ObservedExternalSecret.resource, name, .namespace(namespace))
    guard let external = json.flatMap({ ObservedExternalSecret($0) }), let ready = external.ready else { return nil }
    if external.isSynced { return .synced }
    guard !ready.isTrue, let reason = try await lastReason(), !reason.passes else { return nil }
    return .refused(reason)
  }

  private func lastReason() async throws -> ProviderReason? {
    let events = try await cluster.items(cluster.kubectl.events(about: "ExternalSecret", name, namespace: namespace))
    let warnings = events.filter { $0["type"]?.stringValue == "Warning" }
    return warnings.last.map { ProviderReason($0["message"]?.stringValue ?? "") }
  }

  /// Compares by sum what the store gave now with what the Secret holds; a template may have made anything of it.
  private func comparison() async throws -> Diagnostic? {
    guard !model.isTemplated, model.isSynced, let target = model.target,
      let key = model.entries[0]["secretKey"]?.stringValue,
      let given = try await sum(of: key, in: name), let held = try await sum(of: key, in: target), given != held
    else { return nil }
    return Diagnostic(
      "the Secret `\(namespace)/\(target)` holds another `\(key)` than the store gives now",
      remedy: "have it read again: zerotouch secrets rotate \(model.name)")
  }

  private func sum(of key: String, in secret: String) async throws -> String? {
    let object = try await cluster.object("secret", secret, .namespace(namespace))
    return object?["data"]?[key]?.stringValue.map { SHA256.hexadecimal(of: Data($0.utf8)) }
  }
}
