import ZeroTouchModel
import ZeroTouchWorld

extension TalosSession {
  func reset(_ world: inout World) throws(CallFailure) -> ShimReply {
    if isInsecure, line.isOn("wait", otherwise: true) {
      throw CallFailure("cannot use --wait and --insecure together")
    }
    let nodes = try reachable(world, prefix: "error executing reset: ")
    for node in nodes {
      do {
        try world.resetMachine(
          node, graceful: line.isOn("graceful", otherwise: true), reboots: line.isOn("reboot"),
          labels: line.list("system-labels-to-wipe"))
      } catch { throw CallFailure("error executing reset: \(wrapped(error, node))") }
    }
    return watched(nodes)
  }

  func reboot(_ world: inout World) throws(CallFailure) -> ShimReply {
    let nodes = try reachable(world, prefix: "error executing reboot: ")
    for node in nodes { world.reboot(node) }
    return watched(nodes)
  }

  /// What talosctl says while it waits for the machines.
  private func watched(_ nodes: [IPAddress]) -> ShimReply {
    guard line.isOn("wait", otherwise: true) else { return ShimReply() }
    let list = nodes.map(\.description).joined(separator: " ")
    return ShimReply(
      standardError: "watching nodes: [\(list)]\n" + nodes.map { "    * \($0): events check condition met\n" }.joined())
  }
}
