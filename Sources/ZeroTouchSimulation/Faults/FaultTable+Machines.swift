import ZeroTouchWorld

extension FaultTable {
  /// What goes wrong with machines, their disks, their clocks and the way to them.
  static let machines: [Fault] = [
    Fault("machine-late", "the control plane's machine answers four minutes late", .converges) {
      $0.late = [0: .seconds(240)]
    },
    Fault(
      "machine-absent", "a worker's machine never answers", .failsClosed(["install-os/worker01", "No route to host"]),
      knownAs: "talos-does-not-answer"
    ) { $0.late = [1: CallHazard.ever] },
    Fault("machine-cut-off-while-written", "a worker is cut off for a minute while its disk is written", .converges) {
      $0.incidents = [Incident(at: 60, .cutOff(1)), Incident(at: 120, .reconnect(1))]
    },
    Fault("machine-cut-off-while-configured", "a worker is cut off for a minute while it is configured", .converges) {
      $0.incidents = [Incident(at: 300, .cutOff(1)), Incident(at: 360, .reconnect(1))]
    },
    Fault("machine-cut-off-later", "the control plane is cut off for a minute while the platform syncs", .converges) {
      $0.incidents = [Incident(at: 320, .cutOff(0)), Incident(at: 380, .reconnect(0))]
    },
    Fault(
      "worker-lost", "a worker is cut off for good before it is configured",
      .failsClosed(["join-worker/worker01"]), knownAs: "talos-does-not-answer"
    ) { $0.incidents = [Incident(at: 200, .cutOff(1))] },
    Fault(
      "worker-lost-later", "a worker is cut off for good once it has joined",
      .failsClosed(["worker01"]), knownAs: "talos-does-not-answer"
    ) { $0.incidents = [Incident(at: 345, .cutOff(1))] },
    Fault(
      "worker-never-joins", "a worker takes its configuration, and its kubelet never registers",
      .failsClosed(["join-worker/worker01", "no Node `worker01` is registered"]), knownAs: "time-not-in-sync"
    ) { $0.timeless = [1: CallHazard.ever] },
    Fault(
      "worker-of-another-cluster", "a worker belongs to another cluster already",
      .failsClosed(["install-os/worker01", "`staging`", "`rehearsal`"])
    ) { $0.foreign = [1: ForeignCluster("staging")] },
    Fault(
      "disk-exchanged", "the disk that is meant was exchanged", .failsClosed(["install-os/worker01", "0 disks fit"]),
      knownAs: "no-disk-fits"
    ) { $0.defects = [1: .exchanged] },
    Fault(
      "disk-twins", "two disks have the same serial", .failsClosed(["install-os/worker01", "2 disks fit"]),
      knownAs: "no-disk-fits"
    ) {
      $0.defects = [1: .twins]
    },
    Fault(
      "disk-with-data", "the disk carries somebody's data", .failsClosed(["carries data", "nothing was touched"])
    ) { $0.defects = [1: .data] },
    Fault(
      "disk-gives-up", "the disk gives up while it is written", .failsClosed(["Input/output error", "smartctl"])
    ) { $0.defects = [1: .writeError] },
    Fault("rescue-locked", "the rescue system lets nobody in", .failsClosed(["Permission denied"])) {
      $0.defects = [1: .locked]
    },
    Fault(
      "installed-system", "an installed system answers instead of a rescue system",
      .failsClosed(["not a rescue system", "nothing was touched"]), knownAs: "other-system-boots"
    ) { $0.defects = [1: .installed] },
    Fault(
      "reboot-loop", "a worker reboots every half minute, for ever", .failsClosed(["worker01"])
    ) { $0.incidents = Incident.every(30, from: 295, times: 100, .reboot(1)) },
    Fault("reboot-once", "the control plane reboots by itself while the platform syncs", .converges) {
      $0.incidents = [Incident(at: 320, .reboot(0))]
    },
    Fault("clock-late", "the control plane's clock is set after five minutes", .converges) {
      $0.timeless = [0: .seconds(300)]
    },
    Fault(
      "clock-never-set", "no time server answers the control plane", .failsClosed(["apply-config/cp01"]),
      knownAs: "time-not-in-sync"
    ) {
      $0.timeless = [0: CallHazard.ever]
    },
    Fault("image-server-gone", "the download of the image breaks off, again and again", .failsClosed(["broke off"])) {
      $0.told = [CallHazard(["ssh", "bash -euo pipefail -s"], .fails("zerotouch: the download broke off"))]
    },
    Fault("image-download-breaks", "the download of the image breaks off once for every machine", .converges) {
      $0.told = [CallHazard(["ssh", "bash -euo pipefail -s"], .fails("zerotouch: the download broke off"), times: 3)]
    },
  ]
}
