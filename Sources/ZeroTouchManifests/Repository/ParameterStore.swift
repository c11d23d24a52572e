package import ZeroTouchModel

/// The ClusterSecretStore with which the repository's platform reads AWS Systems Manager Parameter Store.
package struct ParameterStore: Sendable, Hashable {
  /// The name of the Application that brings it, and of the store itself.
  package static let name = "aws-parameter-store"

  package let region: String?
  /// What comes before every parameter's name; a store without one takes whole names.
  package let prefix: String?

  package init(region: String? = nil, prefix: String? = nil) {
    self.region = region
    self.prefix = prefix
  }

  /// Finds the store among manifests; nil where none of them is it.
  package static func parse(_ text: String, file: String) throws(InvalidInput) -> ParameterStore? {
    let store = try YAMLDocuments.parse(text, file: file).first {
      $0["kind"]?.stringValue == "ClusterSecretStore" && $0[path: "metadata", "name"]?.stringValue == name
    }
    return store?[path: "spec", "provider", "aws"].map {
      ParameterStore(region: $0["region"]?.stringValue, prefix: $0["prefix"]?.stringValue)
    }
  }

  /// The references for a run without a file: the variables that every AWS tool reads, so that a profile or a role can
  /// be handed over with `aws configure export-credentials --format env`.
  ///
  /// - Parameter hasSessionToken: Whether the credentials are temporary ones, which come with a token.
  package func usualReferences(hasSessionToken: Bool) -> SecretReferences.AWS {
    SecretReferences.AWS(
      accessKeyID: .environment("AWS_ACCESS_KEY_ID"), secretAccessKey: .environment("AWS_SECRET_ACCESS_KEY"),
      sessionToken: hasSessionToken ? .environment("AWS_SESSION_TOKEN") : nil, region: region ?? "eu-central-1",
      prefix: prefix ?? Self.usualPrefix)
  }

  /// A store without a prefix does not say where the parameters lie.
  private static let usualPrefix = "/zerotouch/prod"
}

extension ExpectedApplications {
  /// The folder, from the repository's top, out of which Argo CD brings the store: every stage has its own. Nil where
  /// nothing brings one.
  package var parameterStore: String? {
    applications.first { $0.name == ParameterStore.name }?.sources.lazy.compactMap(\.path).first
  }
}

extension RepositoryLayout {
  /// The manifest of the platform's Parameter Store as production has it, which is the stage of a run without a file.
  package var parameterStore: String {
    path("platform/01-foundation/aws-parameter-store/cluster-secret-store.yaml")
  }
}
