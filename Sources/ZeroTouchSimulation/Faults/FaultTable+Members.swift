import ZeroTouchModel
import ZeroTouchWorld

extension FaultTable {
  /// What goes wrong among many machines: with etcd's members, and with one worker of many.
  static let members: [Fault] = [
    Fault(
      "etcd-member-away", "one of three members of etcd is cut off for a minute while the platform syncs", .converges,
      on: planes
    ) { $0.incidents = [Incident(at: 360, .cutOff(2)), Incident(at: 420, .reconnect(2))] },
    Fault(
      "etcd-member-late", "one of three members of etcd answers four minutes late", .converges, on: planes
    ) { $0.late = [2: .seconds(240)] },
    Fault(
      "etcd-member-lost", "one of three members of etcd is cut off for good once it has joined",
      .failsClosed(["cp03", "zerotouch replace"]), on: planes
    ) { $0.incidents = [Incident(at: 360, .cutOff(2))] },
    Fault(
      "etcd-majority-lost", "two of three members of etcd are cut off for good",
      .failsClosed(["no leader", "zerotouch rebuild"]), on: planes
    ) { $0.incidents = [Incident(at: 360, .cutOff(1)), Incident(at: 360, .cutOff(2))] },
    Fault(
      "etcd-majority-away", "two of three members of etcd are cut off for two minutes", .converges, on: planes
    ) {
      $0.incidents = [1, 2].flatMap { [Incident(at: 360, .cutOff($0)), Incident(at: 480, .reconnect($0))] }
    },
    Fault(
      "worker-slow", "one of ten workers answers four minutes later than the others", .converges,
      on: Fault.Machines(controlPlanes: 1, workers: 10), straggler: "worker05"
    ) { $0.late = [5: .seconds(240)] },
  ]

  private static let planes = Fault.Machines(controlPlanes: 3, workers: 2)
}
