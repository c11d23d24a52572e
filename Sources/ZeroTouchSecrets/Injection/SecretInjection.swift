package import ZeroTouchModel

/// One Secret that exists in the cluster before GitOps can make any: where it goes and what it is made of.
package struct SecretInjection: Sendable, Hashable {
  /// What a key of the Secret holds.
  package enum Value: Sendable, Hashable {
    case plain(String)
    case reference(SecretReference)
  }

  package let namespace: String
  package let name: String
  package let labels: [String: String]
  package let values: [String: Value]

  package init(namespace: String, name: String, labels: [String: String] = [:], values: [String: Value]) {
    self.namespace = namespace
    self.name = name
    self.labels = labels
    self.values = values
  }

  /// What has to be resolved, in the order of the keys.
  package var references: [SecretReference] {
    values.sorted { $0.key < $1.key }.compactMap {
      if case .reference(let reference) = $0.value { reference } else { nil }
    }
  }
}

extension SecretInjection {
  /// What the Secret's `data` has to hold; its references are resolved side by side.
  package func resolved(by resolver: SecretResolver) async throws(SecretError) -> ResolvedInjection {
    let wanted = values.sorted { $0.key < $1.key }
    let secrets = try await wanted.mapSideBySide { (_, value) async throws(SecretError) -> Secret in
      switch value {
      case .plain(let text): Secret(text)
      case .reference(let reference): try await resolver.resolve(reference)
      }
    }
    return ResolvedInjection(injection: self, data: Dictionary(uniqueKeysWithValues: zip(wanted.map(\.key), secrets)))
  }
}
