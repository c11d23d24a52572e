extension FailureCatalogue {
  /// What keeps pods from being made or started.
  static let workloads: [KnownFailure] = [
    KnownFailure(
      "pod-security-refuses", #"no pod is made: violates PodSecurity "baseline:latest""#,
      when: [[Sign(.event, .workload, .pod, .application, .said, says: "violates PodSecurity")]],
      cause: "Talos enforces the baseline everywhere but in kube-system, and the pod wants more than that",
      remedy: "label the namespace pod-security.kubernetes.io/enforce: privileged, in Git, if the workload has to have "
        + "it",
      source: "Talos' admission configuration"),
    KnownFailure(
      "volume-folder-read-only", "a claim stays Pending, and the helper pod says read-only file system",
      when: [[Sign(.event, .log, .pod, .volume, says: "read-only file system")]],
      cause: "local-path-provisioner makes its folders in /opt, and on Talos only /var can be written",
      remedy: "give its nodePathMap a path below /var, such as /var/mnt/local-path-provisioner",
      source: "Talos: everything but /var is read-only; local-path-provisioner chart 0.0.37"),
    KnownFailure(
      "volume-waits-for-pod", "a claim stays Pending: waiting for first consumer",
      when: [[Sign(.event, .volume, .said, says: "waiting for first consumer")]],
      cause: "its storage class makes volumes only where the first pod that uses them runs",
      remedy: "nothing is wrong: no gate should wait for a claim that no pod uses",
      source: "Kubernetes: volumeBindingMode WaitForFirstConsumer", nature: .normal),
    KnownFailure(
      "vault-sealed", "the Application of OpenBao stays Progressing",
      when: [
        [Sign(.event, .log, .pod, says: "sealed", of: "openbao")],
        [
          Sign(.application, says: "Progressing", of: "openbao"),
          Sign(.pod, .workload, says: "ready", of: "openbao"),
        ],
      ],
      cause: "OpenBao is sealed: its pods run, and are not ready before somebody unseals them",
      remedy: "initialise and unseal it (docs/runbooks), or let its Application leave its health out: "
        + "argocd.argoproj.io/ignore-healthcheck",
      source: "OpenBao's readiness probe"),
  ]

  /// What is met where manifests are applied.
  static let definitions: [KnownFailure] = [
    KnownFailure(
      "definition-not-established", "a CustomResourceDefinition is there, and its kind is not served",
      when: [
        [Sign(.said, says: "is not Established")],
        [Sign(.application, .said, says: "CustomResourceDefinition", "is Progressing")],
      ],
      cause: "the API server has not accepted the definition: another one holds its names, or the server is not well",
      remedy: "kubectl describe customresourcedefinition NAME: its condition NamesAccepted tells whose names they are; "
        + "take the other definition away",
      source: "Kubernetes: a definition is served once NamesAccepted and Established are true"),
    KnownFailure(
      "annotation-too-long", "metadata.annotations: Too long: may not be more than 262144 bytes",
      when: [[Sign(.said, .application, .event, says: "Too long", "262144 bytes")]],
      cause: "client-side apply keeps the whole manifest in an annotation, and a big definition does not fit",
      remedy: "apply server-side: kubectl apply --server-side, or the sync option ServerSideApply=true",
      source: "measured: kubectl 1.36 and Argo CD's definition of ApplicationSets"),
    KnownFailure(
      "nothing-to-wait-for", "kubectl wait: no matching resources found",
      when: [[Sign(.said, says: "no matching resources found")]],
      cause: "kubectl wait ends at once where the object does not exist yet",
      remedy: "wait for its existence first (kubectl wait --for=create), or ask for the object again and again",
      source: "measured: kubectl 1.36"),
  ]
}
