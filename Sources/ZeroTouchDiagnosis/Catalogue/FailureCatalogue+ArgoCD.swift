extension FailureCatalogue {
  /// What is met with Argo CD and its Applications.
  static let applications: [KnownFailure] = [
    KnownFailure(
      "repository-not-resolved", "Argo CD: ComparisonError … lookup … no such host",
      when: [
        [Sign(.application, .said, says: "lookup", "no such host")],
        [Sign(.application, .said, says: "lookup", "server misbehaving")],
      ],
      cause: "Argo CD's repository server resolves no name: CoreDNS does not answer, or a NetworkPolicy keeps it in",
      remedy: "look at kube-system/coredns, then at the NetworkPolicies of argocd; a cluster's DNS has to answer "
        + "before Argo CD is installed",
      source: "Argo CD's repository server"),
    KnownFailure(
      "external-secrets-version", #"no matches for kind "ClusterSecretStore" in version external-secrets.io/v1beta1"#,
      when: [
        [Sign(.application, .said, says: "no matches for kind", "external-secrets.io/v1beta1")],
        [Sign(.application, .said, says: #"could not find version "v1beta1" of external-secrets.io/"#)],
      ],
      cause: "External Secrets serves no v1beta1 from 0.17 on",
      remedy: "write external-secrets.io/v1 into the manifests; from 0.9 go by way of 0.16, which rewrites what is "
        + "stored",
      source: "External Secrets 0.17, release notes"),
    KnownFailure(
      "definition-missing", "Argo CD: one or more synchronization tasks are not valid",
      when: [
        [Sign(.application, .said, says: "synchronization tasks are not valid")],
        [Sign(.application, .said, says: "could not find the requested resource")],
        [Sign(.application, .said, says: "no matches for kind", without: "v1beta1")],
      ],
      cause: "before the first wave Argo CD tries all waves, and the definition of a kind is neither there nor part of "
        + "the same sync",
      remedy: "bring the definition in an earlier wave, and mark the object SkipDryRunOnMissingResource=true",
      source: "gitops-engine 3.5, sync_context"),
    KnownFailure(
      "manifests-have-two-owners", "talosctl upgrade-k8s set Cilium back, or deleted it",
      when: [
        [
          Sign(.configuration, says: "Talos still lists"),
          Sign(.application, says: "OutOfSync", of: "Application cilium"),
        ],
        [
          Sign(.configuration, says: "Talos still lists"),
          Sign(.workload, says: "does not exist", of: "DaemonSet kube-system/cilium"),
        ],
      ],
      cause: "Cilium still stands in Talos's inventory beside Argo CD, and upgrade-k8s applies and prunes by that",
      remedy: "finish the hand-over: zerotouch bootstrap --from handover; then sync the Application cilium",
      source: "Talos 1.13: manifests are applied server-side, forced and pruned by an inventory"),
    KnownFailure(
      "health-check-missing", "the root Application succeeded, and later waves started too early",
      when: [[Sign(.configuration, says: "no health check for Applications")]],
      cause: "Argo CD has no health check for Applications, so that a wave of Applications is over once they exist",
      remedy: "set resource.customizations.health.argoproj.io_Application in argocd-cm before the root Application is "
        + "made; bootstrap/argocd/values.yaml has it",
      source: "Argo CD 1.8, upgrade notes: the kind Application has no built-in health"),
    KnownFailure(
      "out-of-sync-for-ever", "an Application is OutOfSync again after every sync",
      when: [[Sign(.application, says: "although its last sync succeeded")]],
      cause: "a controller fills in what Git leaves open: a webhook's caBundle, a Secret's data, defaults",
      remedy: "leave these fields to it: ignoreDifferences, with the sync option RespectIgnoreDifferences=true",
      source: "Argo CD's documentation of diffing"),
    KnownFailure(
      "wave-waits-for-child", "Argo CD: waiting for healthy state of argoproj.io/Application/…",
      when: [[Sign(.application, .said, says: "waiting for healthy state of argoproj.io/Application")]],
      cause: "a wave is over only when its Applications are Healthy, and this one is not",
      remedy: "look at the Application it names; once that is mended, end the operation, which does not take up a new "
        + "commit: argocd app terminate-op",
      source: "gitops-engine 3.5: a running operation has no time limit of its own", nature: .consequence),
  ]
}
