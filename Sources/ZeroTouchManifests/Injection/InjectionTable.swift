package import ZeroTouchModel

/// Every Secret that zerotouch injects, and nothing else: the one table that producer, checks and platform agree on.
///
/// GitOps makes all others out of the store. Where the spec has none, those that Git cannot do without are made here.
package enum InjectionTable {
  /// What the spec asks for, in the order in which it is injected.
  package static func rows(for spec: ClusterSpec) -> [SecretInjection] {
    let secrets = spec.secrets
    var rows = secrets.aws.map { [parameterStore($0)] } ?? []
    if let token = secrets.onePassword { rows.append(tokenRow(.onePassword, onePassword, token)) }
    if let token = secrets.openBao { rows.append(tokenRow(.openBao, openBao, token)) }
    if let repository = secrets.repository {
      rows.append(credentials(of: repository, spec.gitops, named: bootstrapRepository, label: "repo-creds"))
      if !secrets.hasStore {
        rows.append(credentials(of: repository, spec.gitops, named: platformRepository, label: "repository"))
      }
    }
    if let registry = secrets.registry, !secrets.hasStore { rows += pullSecrets(registry) }
    if !secrets.hasStore { rows += secrets.others.map(other) }
    return rows
  }

  /// The Secret that the platform's Parameter Store is given.
  package static let credentials = SecretName("external-secrets", "aws-access-token")
  /// The credentials with which Argo CD fetches before GitOps could make any.
  package static let bootstrapRepository = SecretName("argocd", "repo-bootstrap")
  /// The token with which External Secrets asks 1Password Connect.
  package static let onePassword = SecretName("external-secrets", "onepassword-connect-token")
  /// The token with which External Secrets asks OpenBao.
  package static let openBao = SecretName("external-secrets", "openbao-token")
  /// The credentials of this repository, which an ExternalSecret makes where there is a store.
  package static let platformRepository = SecretName("argocd", "platform-repository")
  /// The name of the pull secret, which an ExternalSecret makes where there is a store.
  package static let pullSecret = "registry"

  /// The Secrets that nothing in Git may make, whatever the spec says.
  package static let owned = [credentials, bootstrapRepository, onePassword, openBao]

  /// The credentials with which External Secrets reads the Parameter Store. A key without a value would break the
  /// signature of every request, so the session token is only there when the spec names one.
  private static func parameterStore(_ aws: SecretReferences.AWS) -> SecretInjection {
    var values: [String: SecretInjection.Value] = [
      "AWS_ACCESS_KEY_ID": .reference(aws.accessKeyID),
      "AWS_SECRET_ACCESS_KEY": .reference(aws.secretAccessKey),
    ]
    values["AWS_SESSION_TOKEN"] = aws.sessionToken.map { .reference($0) }
    return SecretInjection(.aws, namespace: credentials.namespace, name: credentials.name, values: values)
  }

  private static func tokenRow(
    _ part: SecretInjection.Part, _ name: SecretName, _ token: SecretReference
  ) -> SecretInjection {
    SecretInjection(part, namespace: name.namespace, name: name.name, values: ["token": .reference(token)])
  }

  /// What Argo CD reads; every value is a string for it, numbers too.
  private static func credentials(
    of repository: SecretReferences.Repository, _ git: GitOps, named name: SecretName, label: String
  ) -> SecretInjection {
    var values: [String: SecretInjection.Value] = ["type": .plain("git"), "url": .plain(repository.url ?? git.repoURL)]
    switch repository.access {
    case .password(let user, let password):
      values["username"] = .plain(user)
      values["password"] = .reference(password)
    case .sshKey(let key): values["sshPrivateKey"] = .reference(key)
    case .app(let id, let installation, let key):
      values["githubAppID"] = .plain("\(id)")
      values["githubAppInstallationID"] = .plain("\(installation)")
      values["githubAppPrivateKey"] = .reference(key)
    }
    return SecretInjection(
      .repository, namespace: name.namespace, name: name.name,
      labels: ["argocd.argoproj.io/secret-type": label], values: values)
  }

  private static func other(_ secret: SecretReferences.Other) -> SecretInjection {
    SecretInjection(
      .others, namespace: secret.namespace, name: secret.name, values: secret.values.mapValues { .reference($0) })
  }

  private static func pullSecrets(_ registry: SecretReferences.Registry) -> [SecretInjection] {
    registry.namespaces.map { namespace in
      SecretInjection(
        .registry, namespace: namespace, name: pullSecret, type: "kubernetes.io/dockerconfigjson",
        values: [
          ".dockerconfigjson": .dockerConfiguration(
            server: registry.server, username: registry.username, token: registry.token)
        ])
    }
  }
}

/// A Secret by its place.
package struct SecretName: Sendable, Hashable, CustomStringConvertible {
  package let namespace: String
  package let name: String

  package init(_ namespace: String, _ name: String) {
    self.namespace = namespace
    self.name = name
  }

  package var description: String { "\(namespace)/\(name)" }
}
