extension SecretReferences {
  /// The credentials of a Git repository, or of everything below an address.
  package struct Repository: Sendable, Hashable {
    /// How one gets in.
    package enum Access: Sendable, Hashable {
      case password(username: String, SecretReference)
      case sshKey(SecretReference)
      /// A GitHub App.
      case app(id: Int, installation: Int, key: SecretReference)

      /// The reference, by the key under which the spec has it.
      package var reference: SecretReference {
        switch self {
        case .password(_, let reference), .sshKey(let reference), .app(_, _, let reference): reference
        }
      }
    }

    /// What the address of a repository begins with; the repository that Argo CD follows where nothing is said.
    package var url: String?
    package var access: Access

    package init(url: String? = nil, access: Access) {
      self.url = url
      self.access = access
    }
  }

  /// The credentials of a registry.
  package struct Registry: Sendable, Hashable {
    package var server: String
    package var username: String
    package var token: SecretReference
    /// Where the pull secret is put.
    package var namespaces: [String]

    package init(server: String, username: String, token: SecretReference, namespaces: [String]) {
      self.server = server
      self.username = username
      self.token = token
      self.namespaces = namespaces
    }
  }

  /// The same with other references in the places of all but AWS's own.
  package func replacing(_ other: (SecretReference) -> SecretReference) -> SecretReferences {
    var copy = self
    copy.onePassword = onePassword.map(other)
    copy.openBao = openBao.map(other)
    for index in copy.others.indices { copy.others[index].values = copy.others[index].values.mapValues(other) }
    copy.registry?.token = registry.map { other($0.token) } ?? .prompt()
    switch repository?.access {
    case .password(let username, let reference):
      copy.repository?.access = .password(username: username, other(reference))
    case .sshKey(let reference): copy.repository?.access = .sshKey(other(reference))
    case .app(let id, let installation, let reference):
      copy.repository?.access = .app(id: id, installation: installation, key: other(reference))
    case nil: break
    }
    return copy
  }
}
