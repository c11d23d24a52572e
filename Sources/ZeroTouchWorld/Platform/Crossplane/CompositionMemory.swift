import ZeroTouchManifests

/// What Crossplane remembers of the claims it carries out.
struct CompositionMemory: Sendable {
  /// The APIs by the kind of their claims, or why their definitions cannot be evaluated.
  var apis: [GroupResource: Result<PlatformAPI, CompositionFailure>] = [:]
  /// The composite of each claim.
  var composites: [ObjectKey: ObjectKey] = [:]
  /// The objects that each claim became, by the name of their template.
  var resources: [ObjectKey: [String: ObjectKey]] = [:]
  /// The claim that each of these objects comes from.
  var claims: [ObjectKey: ObjectKey] = [:]
}
