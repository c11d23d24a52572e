import ZeroTouchModel
import ZeroTouchTools

extension KubernetesGates {
  /// One node is registered and Ready.
  package func nodeReady(_ name: String) -> Gate {
    Gate(
      .nodeReady, subject: name, title: "node \(name) is Ready", sources: [watch(ObservedNode.self)],
      bound: bounds[.nodeReady]
    ) { [kubectl] observations in
      observations.object(ObservedNode.self, .cluster, named: name, by: kubectl).judged { node in
        guard let node else { return .waiting("no Node `\(name)` is registered") }
        return node.isReady ? .open("Ready") : .waiting("not Ready: \(node.complaint)")
      }
    }
  }

  /// At least as many nodes as expected are registered, and all of them are Ready.
  package func nodesReady(_ count: Int) -> Gate {
    Gate(
      .nodesReady, title: "\(count) nodes are Ready", sources: [watch(ObservedNode.self)], bound: bounds[.nodesReady]
    ) { [kubectl] observations in
      observations.objects(ObservedNode.self, .cluster, by: kubectl).judged { Self.judge($0, count) }
    }
  }

  private static func judge(_ nodes: [ObservedNode], _ count: Int) -> GateAnswer {
    let ready = nodes.count { $0.isReady }
    if nodes.count >= count, ready == nodes.count { return .open("\(ready) of \(max(count, ready)) nodes Ready") }
    let seen = "\(ready) of \(max(count, nodes.count)) nodes Ready"
    guard let late = nodes.first(where: { !$0.isReady }) else {
      return .waiting("\(seen); \(nodes.count) registered")
    }
    return .waiting("\(seen); `\(late.name)`: \(late.complaint)")
  }
}
