package import ZeroTouchModel

/// What the kubelets of all nodes know and no object shows.
package struct Kubelets: Sendable {
  /// The network from which nodes get the blocks of their pods; set before the first node registers.
  package var podNetwork = Network().podCIDR
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
  mutating func assignBlock(to node: String, wanted: Int?) -> CIDRBlock {
    let taken = Set(blocks.values)
    let number = blocks[node] ?? wanted ?? (0...).first { !taken.contains($0) } ?? 0
    blocks[node] = number
    return podNetwork.nodeBlock(number)
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
    return podNetwork.nodeBlock(blocks[node] ?? 0).address(number + 2)
  }
}

extension CIDRBlock {
  /// One node's share: 256 addresses of an IPv4 network, 2^64 of an IPv6 one.
  fileprivate func nodeBlock(_ number: Int) -> CIDRBlock {
    let length = base.isIPv6 ? 64 : 24
    var bytes = base.bytes
    var rest = number
    var position = length / 8 - 1
    while rest > 0, position >= 0 {
      rest += Int(bytes[position])
      bytes[position] = UInt8(rest & 0xFF)
      rest >>= 8
      position -= 1
    }
    return CIDRBlock(base: IPAddress(bytes: bytes), prefixLength: length)
  }

  fileprivate func address(_ number: Int) -> String {
    var bytes = base.bytes
    bytes[bytes.count - 1] = UInt8(number & 0xFF)
    return IPAddress(bytes: bytes).description
  }
}
