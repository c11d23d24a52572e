extension FailureCatalogue {
  /// What is met where etcd is bootstrapped.
  static let etcd: [KnownFailure] = [
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
