package import ZeroTouchModel

/// One Secret that exists in the cluster before GitOps can make any: where it goes and what it is made of.
package struct SecretInjection: Sendable, Hashable {
  /// The part of the spec that asks for it, as `--only` names it.
  package enum Part: String, Sendable, Hashable, CaseIterable {
    case aws
    case repository
    case registry
    case others
    case onePassword
    case openBao
  }

  /// What a key of the Secret holds.
  package enum Value: Sendable, Hashable {
    case plain(String)
    case reference(SecretReference)
    /// Docker's own file of credentials, as a kubelet reads it.
    case dockerConfiguration(server: String, username: String, token: SecretReference)

    /// What has to be resolved for it.
    package var reference: SecretReference? {
      switch self {
      case .plain: nil
      case .reference(let reference), .dockerConfiguration(_, _, let reference): reference
      }
    }
  }

  package let part: Part
  package let namespace: String
  package let name: String
  package let type: String
  package let labels: [String: String]
  package let values: [String: Value]

  package init(
    _ part: Part = .aws, namespace: String, name: String, type: String = "Opaque", labels: [String: String] = [:],
    values: [String: Value]
  ) {
    self.part = part
    self.namespace = namespace
    self.name = name
    self.type = type
    self.labels = labels
    self.values = values
  }

  /// Where it goes, in words.
  package var title: SecretName { SecretName(namespace, name) }

  /// What has to be resolved, in the order of the keys.
  package var references: [SecretReference] { values.sorted { $0.key < $1.key }.compactMap(\.value.reference) }

  /// Whether it is what somebody calls by this word: a part of the spec, the Secret's name, or both with its namespace.
  package func isCalled(_ word: String) -> Bool {
    [part.rawValue, name, title.description].contains { $0.lowercased() == word.lowercased() }
  }
}
