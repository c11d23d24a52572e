import ZeroTouchModel
import ZeroTouchWorld

extension TalosSession {
  func services(_ world: World) throws(CallFailure) -> ShimReply {
    if line.arguments.count == 2, line.arguments[1] != "status" {
      throw CallFailure("unsupported service action: \"\(line.arguments[1])\"")
    }
    guard let name = line.arguments.first else { return try listServices(world) }
    let nodes = try reachable(world, prefix: "error getting service info: ")
    let blocks = nodes.flatMap { node in
      world.services(of: node).filter { $0.name == name }.map { service in
        TextTable.text([
          ["NODE", "\(node)"], ["ID", service.name], ["STATE", service.state],
          ["HEALTH", service.isHealthy ? "OK" : "Fail"],
        ])
      }
    }
    guard !blocks.isEmpty else { throw CallFailure("service \"\(name)\" is not registered on any nodes") }
    return ShimReply(standardOutput: blocks.joined())
  }

  private func listServices(_ world: World) throws(CallFailure) -> ShimReply {
    let nodes = try reachable(world, prefix: "error listing services: ")
    var rows = [["NODE", "SERVICE", "STATE", "HEALTH", "LAST CHANGE", "LAST EVENT"]]
    for node in nodes {
      rows += world.services(of: node).map {
        ["\(node)", $0.name, $0.state, $0.isHealthy ? "OK" : "Fail", " ago", "<none>"]
      }
    }
    return ShimReply(standardOutput: TextTable.text(rows))
  }

  /// The nodes of the call, each of which answers.
  func reachable(_ world: World, prefix: String) throws(CallFailure) -> [IPAddress] {
    let nodes: [IPAddress]
    do { nodes = try targets(world) } catch { throw CallFailure(prefix + error.message) }
    let problems = nodes.compactMap { node in problem(of: node, world).map { "\(node): \($0)" } }
    guard problems.isEmpty else { throw CallFailure("\(prefix)\(ErrorList(problems))") }
    return nodes
  }

  func kernelLog(_ world: World) throws(CallFailure) -> ShimReply {
    let nodes = try reachable(world, prefix: "error getting dmesg: ")
    let lines = nodes.flatMap { node in
      (world.machines[node]?.log ?? []).map {
        "\(node): user: warning: [\(world.timestamp(at: $0.time))]: \($0.text)\n"
      }
    }
    return ShimReply(standardOutput: lines.joined())
  }

  func time(_ world: World) throws(CallFailure) -> ShimReply {
    let nodes = try reachable(world, prefix: "error fetching time: ")
    let rows = nodes.map { ["\($0)", "time.cloudflare.com", world.timestamp, world.timestamp] }
    return ShimReply(
      standardOutput: TextTable.text([["NODE", "NTP-SERVER", "NODE-TIME", "NTP-SERVER-TIME"]] + rows))
  }
}
