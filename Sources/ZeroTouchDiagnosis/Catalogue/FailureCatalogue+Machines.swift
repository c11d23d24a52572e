extension FailureCatalogue {
  /// What is met before a machine runs Talos, and until it takes its configuration.
  static let machines: [KnownFailure] = [
    KnownFailure(
      "provider-refuses-login", "the provider's API answers 401, then nothing",
      when: [
        [Sign(.said, says: "the provider does not accept the credentials")], [Sign(.said, says: #""status":401"#)],
        [Sign(.said, says: "robot", "401")],
      ],
      cause: "wrong credentials of the web service; after three bad logins Robot blocks the address for ten minutes",
      remedy: "do not try again: correct the user and password of the web service, which are not those of the "
        + "account, wait ten minutes, then run it once more",
      source: "Hetzner Robot's documentation of its web service"),
    KnownFailure(
      "host-key-changed", "ssh: REMOTE HOST IDENTIFICATION HAS CHANGED",
      when: [
        [Sign(.said, says: "remote host identification has changed")],
        [Sign(.said, says: "host key verification failed")],
      ],
      cause: "every rescue system makes itself a new host key, and an older one is remembered for the address",
      remedy: "make sure that it is your server that was sent to rescue; then forget the old key: zerotouch keeps its "
        + "own file of known hosts for each node in the state directory, your ~/.ssh/known_hosts is not asked",
      source: "OpenSSH; Hetzner's rescue system"),
    KnownFailure(
      "other-system-boots", "the image was written, and the server boots another system",
      when: [[Sign(.said, says: "not a rescue system")]],
      cause: "another disk holds something that boots, and the firmware prefers it; or the server was never sent to "
        + "its rescue system",
      remedy: "wipe the signatures of the other disks (`wipefs`), put the disk with Talos first in the boot order "
        + "(`efibootmgr`, or the firmware's menu), or send the server to rescue: zerotouch rescue NAME",
      source: "Talos on two-disk servers: a leftover ESP, MBR or mdraid of the second disk"),
    KnownFailure(
      "no-disk-fits", "no disks matched the expression",
      when: [
        [Sign(.said, .machine, says: "no disks matched the expression")],
        [Sign(.said, says: "disks fit, exactly one must")],
      ],
      cause: "the disk is not the one the spec means: names such as nvme0n1 change between systems, and a selector may "
        + "fit none or several",
      remedy: "select the disk by its serial number: `zerotouch disks NAME` shows them",
      source: "Talos, v1alpha1 validation at apply time"),
    KnownFailure(
      "talos-does-not-answer", "talosctl: connection refused, or nothing at all, at port 50000",
      when: [
        [Sign(.said, .machine, says: ":50000", "connection refused")],
        [Sign(.said, .machine, says: ":50000", "no route to host")],
        [Sign(.said, .machine, says: ":50000", "i/o timeout")],
        [Sign(.said, .machine, says: "talosctl", "did not end within")],
        [Sign(.said, says: "neither talos nor a rescue system answers")],
      ],
      cause: "the machine is still in its firmware, starts from another disk, or came up in its rescue system again; "
        + "or a firewall keeps port 50000 closed",
      remedy: "give the firmware its five minutes; then look at the console and the boot order. Rescue lasts for one "
        + "boot, so a second reset leaves it. One that had joined and is dead: zerotouch replace NAME --confirm CLUSTER",
      source: "measured: talosctl 1.13.9 at a machine that does not listen"),
    KnownFailure(
      "configured-already", "talosctl --insecure: tls: certificate required",
      when: [
        [Sign(.said, .machine, says: "certificate required")], [Sign(.said, .machine, says: "bad certificate")],
        [Sign(.said, .machine, says: "write: broken pipe", ":50000")],
      ],
      cause: "the machine has its configuration already, and from then on takes only calls with a client certificate",
      remedy: "nothing is to be configured: go on with its talosconfig. If it is another cluster's machine, reset it "
        + "there first",
      source: "measured: talosctl 1.13.9 at a configured machine; a race decides which of the three is said"),
    KnownFailure(
      "other-authority", "x509: certificate signed by unknown authority, with the talosconfig",
      when: [
        [Sign(.machine, says: "certificate signed by unknown authority")],
        [Sign(.said, says: "certificate signed by unknown authority", "talosctl")],
        [Sign(.said, says: "certificate signed by unknown authority", "maintenance")],
        [Sign(.said, says: "belongs to a cluster with other secrets")],
      ],
      cause: "the machine is still in maintenance mode, or was configured with another bundle of secrets",
      remedy: "in maintenance mode it waits for its configuration: run the same command again. Otherwise bring back "
        + "the secrets of its cluster (`zerotouch secrets import`) or reset the machine; never make new secrets for "
        + "a cluster that lives",
      source: "measured: talosctl 1.13.9 with mutual TLS at a machine in maintenance mode"),
    KnownFailure(
      "time-not-in-sync", "bootstrap: time is not in sync yet",
      when: [
        [Sign(.said, says: "time is not in sync")], [Sign(.said, .machine, says: "time is not synced")],
      ],
      cause: "the machine reaches no time server: UDP port 123 is closed, or the server's name is not resolved",
      remedy: "let UDP 123 out, or name a time server that is reachable (TimeSyncConfig, or machine.time.servers)",
      source: "Talos, machined: bootstrap refuses while the clock is not set"),
  ]
}
