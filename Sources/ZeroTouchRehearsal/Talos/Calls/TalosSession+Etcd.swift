import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchWorld

extension TalosSession {
  func etcdMembers(_ world: World) throws(CallFailure) -> ShimReply {
    let prefix = "error getting members: "
    let nodes = try members(world, prefix: prefix, led: true)
    var rows = [["NODE", "ID", "HOSTNAME", "PEER URLS", "CLIENT URLS", "LEARNER"]]
    for node in nodes {
      rows += world.etcdMembers(of: node).map { member in
        let host = member.address.isIPv6 ? "[\(member.address)]" : "\(member.address)"
        return [
          "\(node)", Self.memberID(member.address), member.hostname, "https://\(host):2380", "https://\(host):2379",
          "false",
        ]
      }
    }
    return ShimReply(standardOutput: TextTable.text(rows))
  }

  func etcdStatus(_ world: World) throws(CallFailure) -> ShimReply {
    let nodes = try members(world, prefix: "error getting etcd status: ")
    let header = [
      "NODE", "MEMBER", "DB SIZE", "IN USE", "LEADER", "RAFT INDEX", "RAFT TERM", "RAFT APPLIED INDEX", "LEARNER",
      "PROTOCOL", "STORAGE", "ERRORS",
    ]
    let rows = nodes.map { node in
      let leader = world.etcdMembers(of: node).first?.address ?? node
      let index = String(world.objects.revision)
      return [
        "\(node)", Self.memberID(node), "20 MB", "9.4 MB (47.00%)", Self.memberID(leader), index, "2", index, "false",
        "3.6.12", "3.6.0", "",
      ]
    }
    return ShimReply(standardOutput: TextTable.text([header] + rows))
  }

  /// Talos 1.13 takes the member's number, in hexadecimal digits, and names it in its refusals in decimal ones.
  func removeEtcdMember(_ world: inout World) throws(CallFailure) -> ShimReply {
    let word = line.arguments[0]
    guard let number = UInt64(word, radix: 16) else {
      throw CallFailure(
        "error parsing member ID: error parsing etcd member id: strconv.ParseUint: parsing \"\(word)\": invalid syntax")
    }
    let nodes = try reachable(world, prefix: "")
    guard let node = nodes.first else { return ShimReply() }
    let failed = "failed to remove member \(number): etcdserver: "
    let gone = world.etcdMembers(of: node).first { UInt64(Self.memberID($0.address), radix: 16) == number }
    do {
      guard let gone else { throw TalosRefusal(.notFound, "\(failed)member not found") }
      try world.removeEtcdMember(gone.address, through: node)
    } catch let refusal as TalosRefusal {
      throw CallFailure(wrapped(refusal, node))
    } catch { throw CallFailure("\(error)") }
    return ShimReply()
  }

  func etcdSnapshot(_ world: World) throws(CallFailure) -> ShimReply {
    let node = try target(world)
    if let problem = problem(of: node, world) { throw CallFailure("error reading file: \(node): \(problem)") }
    guard world.machines[node]?.configuration?.isControlPlane == true else {
      throw CallFailure(
        "error reading: \(node): \(TalosRefusal(.unimplemented, "etcd snapshot is only available on control plane nodes"))"
      )
    }
    let path = line.arguments[0]
    // A whole number of pages and the SHA-256 behind them, as the real file has.
    try files.write(String(repeating: "\0", count: 32_800), to: path, permissions: 0o600)
    let count = world.objects.resources.reduce(0) { $0 + world.objects.count($1) }
    return ShimReply(
      standardOutput: """
        etcd snapshot saved to "\(path)" (32800 bytes)
        snapshot info: hash 4fbab428, revision \(world.objects.revision), total keys \(count), total size 24576

        """)
  }

  /// The nodes, each of which is a control plane whose etcd runs, and has a leader where one is asked for.
  private func members(_ world: World, prefix: String, led: Bool = false) throws(CallFailure) -> [IPAddress] {
    let nodes = try reachable(world, prefix: prefix)
    let refusals = nodes.compactMap { node -> String? in
      guard let installation = world.machines[node]?.installation else { return nil }
      if installation.etcd.isMember {
        guard led, let cluster = world.etcdCluster(of: node), !world.hasQuorum(cluster) else { return nil }
        return "\(node): \(TalosRefusal(.unknown, "etcdserver: no leader"))"
      }
      if installation.etcd == .absent {
        return "\(node): \(TalosRefusal(.unimplemented, "member list is only available on control plane nodes"))"
      }
      return "\(node): \(TalosRefusal(.unknown, "context deadline exceeded"))"
    }
    guard refusals.isEmpty else { throw CallFailure("\(prefix)\(ErrorList(refusals))") }
    return nodes
  }

  /// Sixteen hexadecimal digits that follow from the address.
  static func memberID(_ address: IPAddress) -> String {
    let number = address.bytes.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
