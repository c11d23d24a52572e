import ZeroTouchWorld

extension FaultTable {
  /// What goes wrong in the cluster: images, containers, definitions, DNS.
  static let workloads: [Fault] = [
    Fault(
      "image-of-agent-missing", "the image of Cilium's agent cannot be pulled",
      .failsClosed(["network-gate", "cilium"])
    ) { $0.containers = [.workload("kube-system/cilium", .neverPulls())] },
    Fault(
      "agent-crashes", "Cilium's agent crashes again and again", .failsClosed(["network-gate", "cilium"])
    ) {
      $0.containers = [
        .workload("kube-system/cilium", .crashes(log: "level=fatal msg=\"unable to find direct routing device\""))
      ]
    },
    Fault(
      "agent-finds-no-api", "Cilium's agent finds no API where KubePrism should be",
      .failsClosed(["network-gate", "KubePrism", "7445"]), knownAs: "kubeprism-off"
    ) {
      $0.containers = [
        .workload(
          "kube-system/cilium",
          .crashes(log: "level=fatal msg=\"dial tcp 127.0.0.1:7445: connect: connection refused\""))
      ]
    },
    Fault("operator-never-ready", "Cilium's operator never becomes ready", .failsClosed(["network-gate"])) {
      $0.containers = [.workload("kube-system/cilium-operator", .neverReady())]
    },
    Fault("dns-crashes", "the cluster's DNS crashes again and again", .failsClosed(["coredns"])) {
      $0.containers = [.workload("kube-system/coredns", .crashes(log: "plugin/loop: Loop detected"))]
    },
    Fault("images-slow", "every image of Argo CD takes two minutes", .converges) {
      $0.slowImages = ["quay.io/argoproj": .seconds(120)]
    },
    Fault(
      "repository-server-crashes", "Argo CD's repository server crashes again and again",
      .failsClosed(["argocd", "argocd-repo-server"])
    ) { $0.containers = [.workload("argocd/argocd-repo-server", .crashes(log: "fatal"))] },
    Fault(
      "webhook-never-ready", "the webhook of External Secrets never becomes ready",
      .failsClosed(["sync-waves", "external-secrets"])
    ) { $0.containers = [.workload("external-secrets/external-secrets-webhook", .neverReady())] },
  ]

  /// What goes wrong with Argo CD's Applications and the secrets they need.
  static let applications: [Fault] = [
    Fault("application-degraded-for-a-while", "an Application is Degraded for three minutes", .converges) {
      $0.applications = ["external-secrets": .degraded(message: "a replica is missing", until: .seconds(500))]
    },
    Fault(
      "application-degraded", "an Application is Degraded for ever",
      .failsClosed(["sync-waves", "external-secrets"])
    ) { $0.applications = ["external-secrets": .degraded(message: "a replica is missing", until: nil)] },
    Fault("sync-fails-for-a-while", "the sync of an Application fails for three minutes", .converges) {
      $0.applications = ["cilium": .syncError(message: "one or more objects failed to apply", until: .seconds(500))]
    },
    Fault("sync-fails", "the sync of an Application fails for ever", .failsClosed(["sync-waves", "external-secrets"])) {
      $0.applications = ["external-secrets": .syncError(message: "one or more objects failed to apply", until: nil)]
    },
    Fault("wave-never-ends", "a wave never ends", .failsClosed(["sync-waves", "external-secrets"])) {
      $0.applications = ["external-secrets": .hang(until: nil)]
    },
    Fault(
      "definition-missing", "an Application brings objects of a kind that nobody defines",
      .failsClosed(["sync-waves"]), knownAs: "definition-missing"
    ) {
      $0.applications = [
        "aws-parameter-store": .syncError(
          message: "no matches for kind \"ClusterSecretStore\" in version \"external-secrets.io/v1\"", until: nil)
      ]
    },
    Fault(
      "repository-without-dns", "Argo CD's repository server cannot resolve the repository's host",
      .failsClosed(["sync-waves", "no such host"]), knownAs: "repository-not-resolved"
    ) {
      $0.repositoryFailure = "failed to list refs: dial tcp: lookup github.com: no such host"
    },
    Fault(
      "credentials-of-store-wrong", "the parameter store does not know the credentials",
      .failsClosed(["aws-parameter-store"]), knownAs: "secret-not-synced"
    ) { $0.isUnknownToStore = true },
    Fault(
      "store-without-credentials", "somebody deletes the parameter store's credentials after they were put in",
      .failsClosed(["aws-parameter-store", "zerotouch inject-secrets"]), knownAs: "store-without-credentials"
    ) {
      $0.incidents = [Incident(at: 300, .delete(ObjectKey(.secrets, "external-secrets", "aws-access-token")))]
    },
    Fault(
      "release-left-pending", "somebody's helm left releases of Cilium and Argo CD pending in the cluster", .converges
    ) {
      $0.incidents = [
        Incident(at: 262, .leave(HelmRelease.pending("cilium", in: "kube-system", "pending-upgrade"))),
        Incident(at: 262, .leave(HelmRelease.pending("argocd", in: "argocd", "pending-install"))),
      ]
    },
  ]

  /// What goes wrong on the laptop.
  static let laptop: [Fault] = [
    Fault("disk-full", "the laptop's disk is full", .failsClosed(["No space left on device"])) {
      $0.laptop = .diskFull
    },
    Fault("state-read-only", "the state directory cannot be written", .failsClosed(["could not be used"])) {
      $0.laptop = .readOnly
    },
    Fault("laptop-asleep", "the laptop sleeps for an hour while machines install", .converges) {
      $0.incidents = [Incident(at: 100, .sleep(.seconds(3600)))]
    },
    Fault("laptop-asleep-later", "the laptop sleeps for an hour while the platform syncs", .converges) {
      $0.incidents = [Incident(at: 325, .sleep(.seconds(3600)))]
    },
    Fault("second-operator", "somebody else starts the same bootstrap", .failsClosed(["another run holds the cluster"]))
    {
      $0.incidents = [Incident(at: 100, .secondOperator)]
    },
    Fault("killed", "the run is killed while etcd is bootstrapped, and run again", .converges) {
      $0.fates = [.killed(at: 120)]
      $0.isShownOnce = false
    },
    Fault("interrupted", "the run is interrupted, and run again", .converges) {
      $0.fates = [.interrupted(at: 150)]
      $0.isShownOnce = false
    },
    Fault("state-lost", "the run is killed, and its state directory is lost", .failsClosed(["secrets"])) {
      $0.fates = [.killed(at: 200)]
      $0.laptop = .stateLost
    },
  ]
}
