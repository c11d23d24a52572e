package import ZeroTouchModel

/// Tries the ports of machines, side by side, each within a bound.
package struct PortInspection: Sendable {
  private let tools: any ToolRunner
  /// How many seconds one port may take to answer.
  private let bound: Int
  /// How many programs may run at once.
  private let width: Int

  package init(by tools: any ToolRunner, bound: Int = 3, width: Int = 32) {
    self.tools = tools
    self.bound = bound
    self.width = width
  }

  /// The verdicts on every port that this laptop calls, machine by machine.
  package func verdicts(on nodes: [Node]) async -> [PortVerdict] {
    let pairs = nodes.flatMap { node in MachinePorts.tried(of: node).map { (node, $0) } }
    let states = await pairs.mapSideBySide(atMost: width) { node, port in await state(of: port, on: node) }
    var byNode: [String: [NodePort: PortState]] = [:]
    for ((node, port), state) in zip(pairs, states) { byNode[node.name, default: [:]][port] = state }
    return nodes.flatMap { MachinePorts($0, byNode[$0.name] ?? [:]).verdicts }
  }

  private func state(of port: NodePort, on node: Node) async -> PortState {
    let knock = SSH.knock(at: node.address, port: port.numbers.lowerBound, within: bound)
    do throws(ToolError) { return PortState(.success(try await tools.run(knock))) } catch {
      return PortState(.failure(error))
    }
  }
}
