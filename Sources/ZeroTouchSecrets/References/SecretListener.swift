package import ZeroTouchManifests
package import ZeroTouchModel

/// Hears what was read, to know what no record of it may hold.
package protocol SecretListener: Sendable {
  /// A reference was read, or could not be.
  func hear(_ reference: SecretReference, _ result: Result<Secret, SecretError>)
  /// What the keys of a Secret that is to be injected hold.
  func hear(_ injection: SecretInjection, _ values: [String: Secret])
}
