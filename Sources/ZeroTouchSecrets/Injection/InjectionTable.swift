package import ZeroTouchModel

/// Every Secret that zerotouch injects, and nothing else: the one table that producer and check read.
package enum InjectionTable {
  /// What the spec asks for, in the order in which it is injected.
  package static func rows(for spec: ClusterSpec) -> [SecretInjection] {
    spec.secrets.aws.map { [parameterStore($0)] } ?? []
  }

  /// The Secret that the platform's Parameter Store is given.
  package static let credentials = (namespace: "external-secrets", name: "aws-access-token")

  /// The credentials with which External Secrets reads the Parameter Store. A key without a value would break the
  /// signature of every request, so the session token is only there when the spec names one.
  private static func parameterStore(_ aws: SecretReferences.AWS) -> SecretInjection {
    var values: [String: SecretInjection.Value] = [
      "AWS_ACCESS_KEY_ID": .reference(aws.accessKeyID),
      "AWS_SECRET_ACCESS_KEY": .reference(aws.secretAccessKey),
    ]
    values["AWS_SESSION_TOKEN"] = aws.sessionToken.map { .reference($0) }
    return SecretInjection(namespace: credentials.namespace, name: credentials.name, values: values)
  }
}
