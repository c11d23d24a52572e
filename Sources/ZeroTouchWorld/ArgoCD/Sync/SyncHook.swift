import ZeroTouchModel

/// Whether an object is a hook, in which phases it runs, and when it goes.
enum SyncHook {
  /// What makes a hook be deleted.
  enum DeletePolicy: Sendable, Hashable { case succeeded, failed, beforeCreation }

  static func isHook(_ object: JSONValue) -> Bool {
    if object.annotation(ArgoCDNames.hook) != nil { return true }
    let helm = object.annotationList(ArgoCDNames.helmHook)
    // `crd-install` is an ordinary resource that Helm once treated apart.
    return !helm.isEmpty && helm != ["crd-install"]
  }

  /// `Skip`, and Helm's hooks that Argo CD has no phase for, are never applied.
  static func phases(of object: JSONValue) -> [SyncPhase] {
    let own = object.annotationList(ArgoCDNames.hook)
    if !own.isEmpty { return unique(own.compactMap(SyncPhase.init(rawValue:))) }
    return unique(object.annotationList(ArgoCDNames.helmHook).compactMap { helm[$0] })
  }

  static func isSkipped(_ object: JSONValue) -> Bool { object.annotationList(ArgoCDNames.hook).contains("Skip") }

  static func deletePolicies(of object: JSONValue) -> Set<DeletePolicy> {
    let own = object.annotationList(ArgoCDNames.hookDeletePolicy).compactMap { argo[$0] }
    let helm = object.annotationList(ArgoCDNames.helmHookDeletePolicy).compactMap { helmPolicies[$0] }
    return own.isEmpty && helm.isEmpty ? [.beforeCreation] : Set(own + helm)
  }

  private static let helm: [String: SyncPhase] = [
    "pre-install": .preSync, "pre-upgrade": .preSync, "post-install": .postSync, "post-upgrade": .postSync,
  ]
  private static let argo: [String: DeletePolicy] = [
    "HookSucceeded": .succeeded, "HookFailed": .failed, "BeforeHookCreation": .beforeCreation,
  ]
  private static let helmPolicies: [String: DeletePolicy] = [
    "hook-succeeded": .succeeded, "hook-failed": .failed, "before-hook-creation": .beforeCreation,
  ]

  private static func unique(_ phases: [SyncPhase]) -> [SyncPhase] {
    SyncPhase.allCases.filter(phases.contains)
  }
}
