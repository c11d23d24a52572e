extension SecretReferences {
  /// A Secret that an ExternalSecret makes where there is a store.
  package struct Other: Sendable, Hashable {
    package var namespace: String
    package var name: String
    /// What it holds, by its keys.
    package var values: [String: SecretReference]

    package init(namespace: String, name: String, values: [String: SecretReference]) {
      self.namespace = namespace
      self.name = name
      self.values = values
    }
  }

  /// Whether External Secrets has somewhere to read from.
  package var hasStore: Bool { aws != nil || onePassword != nil || openBao != nil }

  /// Whether the spec itself names what a store would have held. One that names nothing at all has forgotten its store,
  /// or belongs to a cluster that has its credentials already.
  package var isStoreless: Bool { !hasStore && (repository != nil || registry != nil || !others.isEmpty) }
}
