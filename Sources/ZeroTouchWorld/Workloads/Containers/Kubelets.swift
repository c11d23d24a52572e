/// What the kubelets of all nodes know and no object shows.
package struct Kubelets: Sendable {
  /// Nodes whose kubelet does not report.
  package internal(set) var silent: Set<String> = []
  /// Nodes on which a network plugin is configured.
  package internal(set) var networkReady: Set<String> = []
  var kubePrism: [String: Bool] = [:]
  /// Pods by uid with what their containers are doing.
  var work: [String: PodWork] = [:]
  /// The uid of the pod whose containers are known, by its key.
  var uids: [ObjectKey: String] = [:]
  /// Images that are on a node already.
  var images: [String: Set<String>] = [:]
  /// Pulls under way by node and image, and when they end.
  var pulls: [Pull: Duration] = [:]
  private var blocks: [String: Int] = [:]
  private var drawnAddresses: [String: Int] = [:]

  struct Pull: Hashable, Sendable {
    let node: String
    let image: String
  }

  package init() {}

  /// The block of the pod network a node keeps for as long as it exists.
  mutating func assignBlock(to node: String, wanted: Int?) -> Int {
    if let block = blocks[node] { return block }
    let taken = Set(blocks.values)
    let block = wanted ?? (0...).first { !taken.contains($0) } ?? 0
    blocks[node] = block
    return block
  }

  mutating func forget(node: String) {
    blocks[node] = nil
    images[node] = nil
    drawnAddresses[node] = nil
    networkReady.remove(node)
    silent.remove(node)
  }

  /// The next address of a node's block; the first two are the network's and the gateway's.
  mutating func drawAddress(on node: String) -> String {
    let number = drawnAddresses[node, default: 0]
    drawnAddresses[node] = (number + 1) % 252
    return "10.244.\(blocks[node] ?? 0).\(number + 2)"
  }
}
