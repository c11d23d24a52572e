import ArgumentParser
import ZeroTouchModel
import ZeroTouchWorld

/// How many machines a rehearsal has: `control-plane=1,workers=2`, and spares that wait to join.
struct NodeCounts: ExpressibleByArgument, Sendable, Hashable {
  var controlPlanes = 1
  var workers = 0
  var spares = 0

  /// More control planes than etcd has members in practice, or more workers than addresses, are refused.
  private static let largest = (controlPlanes: 7, workers: 1000)

  init(controlPlanes: Int = 1, workers: Int = 0) {
    self.controlPlanes = controlPlanes
    self.workers = workers
  }

  init?(argument: String) {
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let pair = part.split(separator: "=", omittingEmptySubsequences: false)
      guard pair.count == 2, let count = Int(pair[1]) else { return nil }
      switch pair[0] {
      case "control-plane", "control-planes": controlPlanes = count
      case "worker", "workers": workers = count
      case "spare", "spares": spares = count
      default: return nil
      }
    }
    guard (1...Self.largest.controlPlanes).contains(controlPlanes), controlPlanes % 2 == 1,
      (0...Self.largest.workers).contains(workers), (0...Self.largest.workers - workers).contains(spares)
    else { return nil }
  }

  /// The counts as the option takes them.
  var text: String { "control-plane=\(controlPlanes),workers=\(workers)" }

  var defaultValueDescription: String { text }

  /// The machines: addresses from the range that is set aside for tests of devices, RFC 2544.
  var nodes: [Node] {
    let planes = (1...controlPlanes).map {
      Self.node("cp", $0, .controlPlane, IPAddress(198, 18, 0, UInt8(9 + $0)))
    }
    return planes + Self.workers(0..<workers)
  }

  /// The machines that belong to no cluster yet; named and numbered as the next workers.
  var spareNodes: [Node] { Self.workers(workers..<workers + spares) }

  private static func workers(_ numbers: Range<Int>) -> [Node] {
    numbers.map { node("worker", $0 + 1, .worker, IPAddress(198, 18, UInt8(1 + $0 / 250), UInt8(1 + $0 % 250))) }
  }

  private static func node(_ prefix: String, _ number: Int, _ role: Node.Role, _ address: IPAddress) -> Node {
    let name = "\(prefix)\(number < 10 ? "0" : "")\(number)"
    // Machines have two equal disks, so a spec has to say which.
    return Node(
      name: name, role: role, address: address, disk: .init(serial: Machine.usualDisks(name).first?.serial))
  }

}

/// A machine with something wrong: `worker01=write-error`.
struct DefectiveMachine: ExpressibleByArgument, Sendable, Hashable {
  let name: String
  let defect: MachineDefect

  static let kinds = MachineDefect.allCases.map(\.rawValue).joined(separator: ", ")

  init?(argument: String) {
    let pair = argument.split(separator: "=", omittingEmptySubsequences: false)
    guard pair.count == 2, let defect = MachineDefect(rawValue: String(pair[1])) else { return nil }
    name = String(pair[0])
    self.defect = defect
  }
}

/// A machine that answers later than the others: `cp02=90s`.
struct LateMachine: ExpressibleByArgument, Sendable, Hashable {
  let name: String
  let delay: Duration

  init?(argument: String) {
    let pair = argument.split(separator: "=", omittingEmptySubsequences: false)
    guard pair.count == 2, let delay = Duration(words: String(pair[1])) else { return nil }
    name = String(pair[0])
    self.delay = delay
  }
}
