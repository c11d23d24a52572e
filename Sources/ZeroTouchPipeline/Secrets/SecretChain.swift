package import Foundation
import ZeroTouchManifests
package import ZeroTouchModel
package import ZeroTouchTools

/// The way of every secret: store → ExternalSecret → Secret → consumer, each link looked at. Pure; of values there are
/// only sums here.
package struct SecretChain: Sendable {
  /// One ExternalSecret and what came of it.
  package struct Link: Sendable, Hashable {
    package let name: String
    package let store: String
    /// The Secret's name.
    package let secret: String
    /// The workloads and other readers that are known; what operators read is not.
    package let readers: [String]
    package let problem: Diagnostic?
  }

  package let stores: [ObservedSecretStore]
  package let externals: [ObservedExternalSecret]
  private let secrets: [String: JSONValue]
  private let pods: [JSONValue]
  private let reasons: [String: ProviderReason]
  private let now: Date

  package init(
    stores: [ObservedSecretStore], externals: [ObservedExternalSecret], secrets: [JSONValue], pods: [JSONValue],
    events: [JSONValue], now: Date
  ) {
    self.stores = stores.sorted { $0.reference.description < $1.reference.description }
    self.externals = externals.filter { !$0.name.hasPrefix(SmokeTest.prefix) }.sorted { $0.title < $1.title }
    self.secrets = Dictionary(secrets.map { (Self.title(of: $0), $0) }, uniquingKeysWith: { first, _ in first })
    self.pods = pods
    reasons = Self.reasons(in: events)
    self.now = now
  }

  /// What is wrong with a store, as far as it says so itself: that it is Ready proves nothing.
  package func problem(with store: ObservedSecretStore) -> Diagnostic? {
    guard store.ready?.isTrue != true else { return nil }
    let message = store.ready.map { "\($0.reason): \($0.message)" } ?? "nobody has looked at it yet"
    return Diagnostic(
      "the store `\(store.reference)` is not ready: \(message)", remedy: ProviderReason(message).remedy)
  }

  /// Every ExternalSecret, in the order of their names.
  package var links: [Link] {
    let readers = SecretReaders(pods)
    return externals.map { external in
      let secret = external.target.map { "\(external.metadata.namespace ?? "")/\($0)" }
      return Link(
        name: external.title, store: external.store?.description ?? "-", secret: external.target ?? "-",
        readers: secret.map { read($0, readers) } ?? [], problem: problem(with: external, secret, readers))
    }
  }

  private func read(_ secret: String, _ readers: SecretReaders) -> [String] {
    let mark = secrets[secret]?[path: "metadata", "labels", "argocd.argoproj.io/secret-type"]?.stringValue
    return (readers.names(of: secret) + (mark == nil ? [] : ["Argo CD"])).sorted()
  }

  private func problem(
    with external: ObservedExternalSecret, _ secret: String?, _ readers: SecretReaders
  ) -> Diagnostic? {
    let title = "the ExternalSecret `\(external.title)`"
    guard external.isSynced else {
      let condition = external.ready.map { "\($0.reason), \($0.message)" } ?? "nobody has read it yet"
      let reason = reasons[external.title] ?? ProviderReason(condition)
      let words = reasons[external.title].map { "\(condition): \($0.code.map { "\($0): " } ?? "")\($0.message)" }
      return Diagnostic("\(title) is not synced: \(words ?? condition)", remedy: reason.remedy)
    }
    if let age = staleness(of: external) {
      return Diagnostic(
        "\(title) was read \(age.inWords) ago, and is to be read every \(external.refreshInterval.inWords)",
        remedy: "see that the operator runs: kubectl -n external-secrets get pods")
    }
    guard let secret else { return nil }
    guard let made = secrets[secret] else {
      return Diagnostic(
        "\(title) is synced, and its Secret `\(secret)` is not there",
        remedy: "have it made again: zerotouch secrets rotate \(external.name)")
    }
    let keys = Set(made["data"]?.objectValue?.keys.map { $0 } ?? [])
    let lacking =
      external.isTemplated
      ? []
      : external.entries.compactMap { $0["secretKey"]?.stringValue }
        .filter { !keys.contains($0) }
    if let key = lacking.first {
      return Diagnostic(
        "the Secret `\(secret)` has no key `\(key)`",
        remedy: "have it made again: zerotouch secrets rotate \(external.name)")
    }
    return readers.obstacle(to: secret).map {
      Diagnostic("\($0), which reads the Secret `\(secret)`", remedy: "make the names and keys agree on both sides")
    }
  }

  /// How long ago it was read, where that is more than twice what was asked for.
  private func staleness(of external: ObservedExternalSecret) -> Duration? {
    guard external.refreshInterval > .zero, let time = try? Date(external.refreshTime, strategy: .iso8601) else {
      return nil
    }
    let age = Duration.seconds(now.timeIntervalSince(time))
    return age > external.refreshInterval * 2 + .seconds(60) ? age : nil
  }

  /// What the last warning about each ExternalSecret says.
  private static func reasons(in events: [JSONValue]) -> [String: ProviderReason] {
    let told = events.filter {
      $0["type"]?.stringValue == "Warning" && $0[path: "involvedObject", "kind"]?.stringValue == "ExternalSecret"
    }
    let sorted = told.sorted { time(of: $0) < time(of: $1) }
    return sorted.reduce(into: [:]) { reasons, event in
      let about = event["involvedObject"]
      let title = "\(about?["namespace"]?.stringValue ?? "")/\(about?["name"]?.stringValue ?? "")"
      reasons[title] = ProviderReason(event["message"]?.stringValue ?? "")
    }
  }

  private static func time(of event: JSONValue) -> String {
    (event["lastTimestamp"] ?? event["eventTime"])?.stringValue ?? ""
  }

  private static func title(of object: JSONValue) -> String {
    let metadata = object["metadata"]
    return "\(metadata?["namespace"]?.stringValue ?? "")/\(metadata?["name"]?.stringValue ?? "")"
  }
}
