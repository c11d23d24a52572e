extension FailureCatalogue {
  /// What is met with etcd and its members.
  static let etcd: [KnownFailure] = [
    KnownFailure(
      "etcd-majority-lost", "etcd: no leader; the Kubernetes API stands still",
      when: [[Sign(.etcd, .said, says: "has no leader")], [Sign(.said, .machine, says: "etcdserver: no leader")]],
      cause: "more than half of the members of etcd do not run, so that nothing can be read or written",
      remedy: "start the machines that are missing: with their disks whole, etcd goes on by itself. Otherwise make the "
        + "cluster anew: zerotouch rebuild --confirm CLUSTER (docs/runbooks/recovery.md)",
      source: "etcd 3.6: a member that was asked to have a leader; Talos 1.13 asks so for its members"),
    KnownFailure(
      "etcd-member-lost", "a control plane is gone, and etcd still counts it",
      when: [[Sign(.etcd, says: "counted as a member", "does not answer")]],
      cause: "a member of etcd is gone: the others go on, and have fewer to lose",
      remedy: "start its machine; where it is dead, take it out and make it anew: zerotouch replace NAME --confirm "
        + "CLUSTER (docs/runbooks/recovery.md)",
      source: "etcd: a member stays one until somebody takes it out"),
    KnownFailure(
      "two-etcd-clusters", "two clusters, or a worker that joined neither",
      when: [[Sign(.etcd, says: "no member in common")]],
      cause: "etcd was bootstrapped on two control planes, so that there are two clusters with the same secrets",
      remedy: "keep the one with your data; reset the other control plane (STATE and EPHEMERAL), and it joins",
      source: "Talos: bootstrap is meant for one machine, once"),
    KnownFailure(
      "etcd-bootstrapped-already", "bootstrap: etcd data directory is not empty",
      when: [[Sign(.said, .machine, says: "etcd data directory is not empty")]],
      cause: "etcd was bootstrapped before, here or by somebody else",
      remedy: "nothing is to be done but to prove it: `talosctl service etcd` and `talosctl etcd members`; then go on",
      source: "measured: talosctl 1.13.9, bootstrap called twice"),
    KnownFailure(
      "etcd-not-bootstrapped", "etcd stays in Preparing",
      when: [[Sign(.service, says: "Preparing", of: "etcd")], [Sign(.said, says: "etcd is Preparing")]],
      cause: "nobody bootstrapped etcd, or it was bootstrapped on another control plane that this one cannot reach",
      remedy: "look for a control plane whose etcd runs (`talosctl service etcd` on each); bootstrap once, and only "
        + "where none does",
      source: "measured: talosctl 1.13.9, a control plane between its configuration and bootstrap"),
  ]
}
