/// Addresses for load balancers: a block such as `192.168.1.224/28`, or the first and the last of a range.
package struct AddressPool: Sendable, Hashable, CustomStringConvertible {
  package let first: IPAddress
  package let last: IPAddress
  private let block: CIDRBlock?

  package init(_ block: CIDRBlock) {
    self.init(first: block.base, last: block.last, block: block)
  }

  /// Reads `ADDRESS/LENGTH` or `FIRST-LAST`; nil when it is neither.
  package init?(_ text: String) {
    if let block = CIDRBlock(text) {
      self.init(block)
      return
    }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { IPAddress(String($0)) }
    guard ends.count == 2, let first = ends[0], let last = ends[1] else { return nil }
    self.init(first: first, last: last)
  }

  /// The range between two addresses of one family; nil when the last comes before the first.
  package init?(first: IPAddress, last: IPAddress) {
    guard first.isIPv6 == last.isIPv6, first <= last else { return nil }
    self.init(first: first, last: last, block: nil)
  }

  private init(first: IPAddress, last: IPAddress, block: CIDRBlock?) {
    (self.first, self.last, self.block) = (first, last, block)
  }

  /// Reads a block of a CiliumLoadBalancerIPPool: `cidr`, or `start` and `stop`.
  package init?(_ json: JSONValue) {
    if let text = json["cidr"]?.stringValue {
      guard let block = CIDRBlock(rounding: text) else { return nil }
      self.init(block)
      return
    }
    guard let start = json["start"]?.stringValue.flatMap({ IPAddress($0) }) else { return nil }
    let stop = json["stop"]?.stringValue.map { IPAddress($0) } ?? start
    guard let stop else { return nil }
    self.init(first: start, last: stop)
  }

  /// The pool as a block of a CiliumLoadBalancerIPPool.
  package var manifest: JSONValue {
    if let block { return ["cidr": .string(block.description)] }
    return ["start": .string(first.description), "stop": .string(last.description)]
  }

  package var isIPv6: Bool { first.isIPv6 }
  package var description: String { block?.description ?? "\(first)-\(last)" }

  /// Every address from the first to the last.
  package var addresses: some Sequence<IPAddress> {
    sequence(first: first) { [last] in $0 < last ? $0.next : nil }
  }

  /// Whether the address is one of the pool's.
  package func contains(_ address: IPAddress) -> Bool {
    address.isIPv6 == isIPv6 && first <= address && address <= last
  }

  /// Whether the pool shares an address with a block.
  package func overlaps(_ block: CIDRBlock) -> Bool {
    block.base.isIPv6 == isIPv6 && first <= block.last && block.base <= last
  }

  /// Whether both hold the same addresses, however they are written.
  package static func == (left: Self, right: Self) -> Bool { left.first == right.first && left.last == right.last }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(first)
    hasher.combine(last)
  }
}
