import Foundation
package import ZeroTouchManifests
package import ZeroTouchModel
import ZeroTouchTools

/// What follows from a secret that has another value: stores are looked at again, ExternalSecrets read again, and
/// whoever read the old value once, when it started, starts anew. Every part can be repeated: what is up to date already
/// is left alone, so that a rotation that was killed is finished by the next one.
package struct SecretRotation: Sendable {
  /// What is rotated.
  package enum Subject: Sendable, Hashable {
    /// Secrets that zerotouch injects.
    case injected([SecretName], isRepository: Bool)
    /// ExternalSecrets, by `namespace/name`.
    case external([String])
  }

  private let cluster: SecretCluster
  /// Makes every trigger another one than the last.
  private let stamp: String
  private let say: @Sendable (String) -> Void
  private static let refresh = "argocd.argoproj.io/refresh"

  package init(in cluster: SecretCluster, stamp: String, say: @escaping @Sendable (String) -> Void) {
    self.cluster = cluster
    self.stamp = stamp
    self.say = say
  }

  /// Triggers what depends on a secret, and waits until it is used; what is wrong in the end.
  package func follow(_ subject: Subject) async throws -> [Diagnostic] {
    switch subject {
    case .injected(let names, let isRepository):
      if isRepository { return try await reread() }
      let problems = try await refresh(storesWith: Set(names.map(\.description)))
      for name in names { try await restartReaders(of: name) }
      return problems
    case .external(let titles):
      let externals = try await cluster.externals().filter { titles.contains($0.title) }
      return try await read(externals)
    }
  }

  /// Stores do not watch their credentials: a changed annotation makes the operator look at once.
  private func refresh(storesWith credentials: Set<String>) async throws -> [Diagnostic] {
    let stores = try await stores().filter { !$0.credentials.isDisjoint(with: credentials) }
    for store in stores {
      say("the store `\(store.reference)` looks at its credentials")
      try await annotate(store.reference.resource, store.metadata, ["zerotouch.dev/rotated": stamp])
    }
    let references = Set(stores.map(\.reference))
    let unready = try await cluster.waitFor { () -> Bool? in
      let all = try await self.stores().filter { references.contains($0.reference) }
      return all.allSatisfy { $0.ready?.isTrue == true } ? true : nil
    }
    guard unready != nil else {
      return try await lookedAt(references).compactMap { store in
        guard store.ready?.isTrue != true else { return nil }
        let message = store.ready.map { "\($0.reason): \($0.message)" } ?? "nobody looked at it"
        return Diagnostic(
          "the store `\(store.reference)` is not ready: \(message)", remedy: ProviderReason(message).remedy)
      }
    }
    let externals = try await cluster.externals().filter { $0.store.map(references.contains) == true }
    return try await read(externals)
  }

  private func stores() async throws -> [ObservedSecretStore] {
    try await cluster.items(cluster.kubectl.list(ObservedSecretStore.resources, .allNamespaces)).compactMap {
      ObservedSecretStore($0)
    }
  }

  private func lookedAt(_ references: Set<ObservedSecretStore.Reference>) async throws -> [ObservedSecretStore] {
    try await stores().filter { references.contains($0.reference) }
  }

  /// Has ExternalSecrets read again, and starts anew whoever holds an old value.
  private func read(_ externals: [ObservedExternalSecret]) async throws -> [Diagnostic] {
    let problems = try await externals.mapSideBySide(atMost: 4) { try await read($0) }.compactMap(\.self)
    let secrets = externals.compactMap { external in
      external.target.map { SecretName(external.metadata.namespace ?? "", $0) }
    }
    for secret in Set(secrets).sorted(by: { $0.description < $1.description }) {
      try await restartReaders(of: secret)
    }
    return problems
  }

  private func read(_ external: ObservedExternalSecret) async throws -> Diagnostic? {
    // What failed before this reading says nothing about it.
    let before = try await lastWarning(of: external)?.version
    say("the ExternalSecret `\(external.title)` is read again")
    try await annotate(ObservedExternalSecret.resource, external.metadata, ["force-sync": stamp])
    let outcome = try await cluster.waitFor { () -> ProviderReason?? in
      guard let seen = try await current(external) else { return .some(nil) }
      guard seen.syncedVersion != external.syncedVersion || seen.refreshTime != external.refreshTime || !seen.isSynced
      else { return nil }
      if seen.isSynced { return .some(nil) }
      guard let warning = try await lastWarning(of: seen), warning.version != before, !warning.reason.passes else {
        return nil
      }
      return .some(warning.reason)
    }
    guard let outcome else {
      let reason = try await lastWarning(of: external)?.reason
      return Diagnostic(
        "the ExternalSecret `\(external.title)` was not read within \(cluster.patience.inWords)"
          + (reason.map { ": \($0.message)" } ?? ""),
        remedy: reason?.remedy ?? "see that the operator runs: kubectl -n external-secrets get pods")
    }
    return outcome.map { reason in
      Diagnostic(
        "the ExternalSecret `\(external.title)` is not synced: \(reason.code.map { "\($0): " } ?? "")\(reason.message)",
        remedy: reason.remedy)
    }
  }

  private func current(_ external: ObservedExternalSecret) async throws -> ObservedExternalSecret? {
    let scope = KubernetesScope.namespace(external.metadata.namespace ?? "")
    return try await cluster.object(ObservedExternalSecret.resource, external.name, scope).flatMap {
      ObservedExternalSecret($0)
    }
  }

  /// The last warning about an ExternalSecret, and which state of that event it is.
  private func lastWarning(
    of external: ObservedExternalSecret
  ) async throws -> (reason: ProviderReason, version: String)? {
    let events = try await cluster.items(
      cluster.kubectl.events(about: "ExternalSecret", external.name, namespace: external.metadata.namespace ?? ""))
    return events.last { $0["type"]?.stringValue == "Warning" }.map { event in
      (
        ProviderReason(event["message"]?.stringValue ?? ""),
        event[path: "metadata", "resourceVersion"]?.stringValue ?? ""
      )
    }
  }

  private func annotate(
    _ resource: String, _ metadata: ObjectMetadata, _ annotations: [String: String]
  ) async throws {
    let scope = metadata.namespace.map { KubernetesScope.namespace($0) } ?? .cluster
    _ = try await cluster.tools.succeed(
      cluster.kubectl.annotate(resource, metadata.name, scope, annotations.mapValues { .some($0) }))
  }
}

extension SecretRotation {
  /// Starts the workloads anew whose pods began before the Secret was last written, and that read it as variables: a
  /// container is given those once.
  private func restartReaders(of secret: SecretName) async throws {
    let scope = KubernetesScope.namespace(secret.namespace)
    guard let object = try await cluster.object("secret", secret.name, scope),
      let written = OwnedSecret.lastWrite(of: object)
    else { return }
    let pods = try await cluster.items(cluster.kubectl.list("pods", scope))
    for kind in ["deployment", "statefulset", "daemonset"] {
      for workload in try await cluster.items(cluster.kubectl.list(kind, scope)) {
        guard let name = workload[path: "metadata", "name"]?.stringValue,
          Self.reads(workload, secret.name), Self.began(pods, of: workload, before: written)
        else { continue }
        say(
          "`\(kind)/\(name)` in `\(secret.namespace)` starts anew: it read the Secret `\(secret.name)` when it started")
        _ = try await cluster.tools.succeed(cluster.kubectl.restart(kind, name, namespace: secret.namespace))
        _ = try await cluster.tools.succeed(cluster.kubectl.rolloutStatus(kind, name, namespace: secret.namespace))
      }
    }
  }

  private static func reads(_ workload: JSONValue, _ secret: String) -> Bool {
    let spec = workload[path: "spec", "template", "spec"] ?? [:]
    return SecretReaders.secrets(of: spec).contains { $0.name == secret && $0.isVariable }
  }

  private static func began(_ pods: [JSONValue], of workload: JSONValue, before written: String) -> Bool {
    let labels = workload[path: "spec", "selector", "matchLabels"]?.stringMap ?? [:]
    return pods.contains { pod in
      let own = pod[path: "metadata", "labels"]?.stringMap ?? [:]
      guard !labels.isEmpty, labels.allSatisfy({ own[$0.key] == $0.value }),
        pod[path: "metadata", "deletionTimestamp"] == nil
      else { return false }
      return (pod[path: "metadata", "creationTimestamp"]?.stringValue ?? "") <= written
    }
  }

  /// Argo CD watches its repositories' Secrets; that it gets in is proved by having it read Git again.
  private func reread() async throws -> [Diagnostic] {
    let (resource, name) = ("applications.argoproj.io", RootApplicationStage.application)
    guard try await cluster.object(resource, name, .namespace("argocd")) != nil else { return [] }
    say("the Application `\(name)` reads Git again")
    _ = try await cluster.tools.succeed(
      cluster.kubectl.annotate(resource, name, .namespace("argocd"), [Self.refresh: "hard"]))
    let seen = try await cluster.waitFor { () -> [String]? in
      guard let root = try await cluster.object(resource, name, .namespace("argocd")),
        root[path: "metadata", "annotations", Self.refresh] == nil
      else { return nil }
      return (root[path: "status", "conditions"]?.arrayValue ?? [])
        .filter { $0["type"]?.stringValue == "ComparisonError" }.compactMap { $0["message"]?.stringValue }
    }
    guard let seen else {
      return [
        Diagnostic(
          "Argo CD did not read Git within \(cluster.patience.inWords)",
          remedy: "see that it runs: kubectl -n argocd get pods")
      ]
    }
    return seen.map {
      Diagnostic("Argo CD cannot read Git: \($0)", remedy: "correct `secrets.repository`, and rotate it again")
    }
  }
}

extension ObservedSecretStore.Reference {
  /// The resource that kubectl is asked for.
  fileprivate var resource: String {
    "\(kind.lowercased())s.external-secrets.io"
  }
}
