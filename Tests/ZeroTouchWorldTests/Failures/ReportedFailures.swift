import TestSupport

/// What programs said when a known failure was met: things that a simulated cluster does not show. What is recorded was
/// printed by the real program; the other texts are as the program's makers write them.
enum ReportedFailures {
  /// Recordings of the real programs, by the failure's name.
  static let recorded: [String: String] = [
    "talos-does-not-answer": "talosctl-v1.13.9/unreachable-version.txt",
    "configured-already": "talosctl-v1.13.9/configured-insecure-apply.txt",
    "etcd-bootstrapped-already": "talosctl-v1.13.9/bootstrap-again.txt",
    "credentials-refused": "kubectl-v1.36/unauthorized.txt",
    "annotation-too-long": "kubectl-v1.36/apply-client-side-too-long.txt",
    "nothing-to-wait-for": "kubectl-v1.36/wait-no-match.txt",
  ]

  /// The words of a step that failed, by the failure's name.
  static let said: [String: [String]] = [
    "provider-refuses-login": [
      #"{"error":{"status":401,"code":"UNAUTHORIZED","message":"Unauthorized"}}"#,
      "the provider does not accept the credentials: Unauthorized",
    ],
    "host-key-changed": [
      "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @ IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!",
      "`ssh root@203.0.113.10` exited with status 255: Host key verification failed.",
    ],
    "other-system-boots": ["root@203.0.113.10: this is `web01`, not a rescue system"],
    "no-disk-fits": [
      "rpc error: code = Unknown desc = no disks matched the expression: disk.serial == 'S4'",
      "root@203.0.113.10: 2 disks fit, exactly one must",
    ],
    "talos-does-not-answer": [
      "nobody answered for 5m: `talosctl --talosconfig t get machinestatus` did not end within 5s"
    ],
    "configured-already": [
      "rpc error: code = Unavailable desc = connection error: remote error: tls: certificate required"
    ],
    "other-authority": [
      "the machine is still in maintenance mode: x509: certificate signed by unknown authority",
      "the machine belongs to a cluster with other secrets: x509: certificate signed by unknown authority (possibly "
        + "because of \"x509: ECDSA verification failure\")",
    ],
    "time-not-in-sync": ["rpc error: code = FailedPrecondition desc = time is not in sync yet"],
    "etcd-not-bootstrapped": ["`etcd-healthy(cp01)` was not reached within 5m: etcd is Preparing, health Fail"],
    "dns-loses-answers": [],
    "definition-not-established": [
      "`gateway-crds` was not reached within 3m: 0 of 5 Established; `gateways.gateway.networking.k8s.io` is not Established",
      "Synced and Progressing; CustomResourceDefinition secretstores.external-secrets.io is Progressing: no conditions",
    ],
    "etcd-majority-lost": [
      "error getting members: 1 error occurred: * 203.0.113.10: rpc error: code = Unknown desc = etcdserver: no leader",
      "etcd is Running, health Fail; etcd has no leader: more than half of its members do not run",
    ],
  ]
}
