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
  /// What the Secret's `data` has to hold, resolved and in base64.
  package func resolved(by resolver: SecretResolver) throws(SecretError) -> ResolvedInjection {
    var data: [String: Secret] = [:]
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      switch value {
      case .plain(let text): data[key] = Secret(text)
      case .reference(let reference): data[key] = try resolver.resolve(reference)
      }
    }
    return ResolvedInjection(injection: self, data: data)
  }
}
