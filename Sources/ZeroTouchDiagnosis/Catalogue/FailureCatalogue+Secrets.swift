extension FailureCatalogue {
  /// What is met between a parameter store and the Secrets of the cluster.
  static let secrets: [KnownFailure] = [
    KnownFailure(
      "store-without-credentials", "ClusterSecretStore: InvalidProviderConfig, unable to create client",
      when: [[Sign(.store, .said, .application, says: "InvalidProviderConfig")]],
      cause:
        "the Secret with the store's credentials, one of its keys, or the namespace it is looked for in is missing",
      remedy: "bring it: zerotouch inject-secrets; and see that the store's references name a namespace",
      source: "External Secrets, provider aws: the credentials are read where the store is validated"),
    KnownFailure(
      "secret-not-synced", "the store is Ready, and an ExternalSecret says SecretSyncedError",
      when: [[Sign(.externalSecret, .said, says: "SecretSyncedError")]],
      cause: "a store never tries its credentials: wrong keys, region or rights, and a parameter that does not exist, "
        + "show only here",
      remedy: "read the events of the ExternalSecret (ParameterNotFound, AccessDeniedException, "
        + "UnrecognizedClientException); zerotouch secrets verify goes through every link",
      source: "External Secrets, provider aws"),
  ]

  /// What is met with claims of the platform's APIs.
  static let claims: [KnownFailure] = [
    KnownFailure(
      "composition-forbidden", "a claim is not Synced: cannot compose resources … forbidden",
      when: [[Sign(.claim, .event, .said, says: "cannot compose resources", "forbidden")]],
      cause: "Crossplane may not make what the Composition composes",
      remedy: #"give it the right: a ClusterRole labelled rbac.crossplane.io/aggregate-to-crossplane: "true""#,
      source: "Crossplane 2, RBAC manager"),
    KnownFailure(
      "composition-never-ready", "a claim is never Ready, although everything it made runs",
      when: [[Sign(.claim, says: "although every pod of its namespace is ready")]],
      cause: "a composed object counts as ready by its condition Ready, and many kinds have none",
      remedy: "say in the Composition how each is ready: readinessChecks, such as MatchCondition Available for a "
        + "Deployment and None for a Service",
      source: "function-patch-and-transform 0.10"),
  ]

  /// What is met where Flux brings the platform.
  static let flux: [KnownFailure] = [
    KnownFailure(
      "flux-definition-missing", "Flux: dry-run failed: no matches for kind",
      when: [[Sign(.flux, .said, says: "dry-run failed", "no matches for kind")]],
      cause: "the definition and an object of it stand in one Kustomization, which is tried as a whole",
      remedy: "split it in two, and let the second depend on the first (dependsOn, with wait: true)",
      source: "Flux's kustomize-controller"),
    KnownFailure(
      "flux-keeps-old-definitions", "an upgrade of a HelmRelease leaves the old definitions",
      when: [[Sign(.flux, says: "its upgrades skip definitions", of: "HelmRelease")]],
      cause: "a HelmRelease installs definitions and by default never upgrades them",
      remedy: "set spec.upgrade.crds to CreateReplace",
      source: "Flux's helm-controller: upgrade.crds is Skip"),
  ]
}
