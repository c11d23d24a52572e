import ZeroTouchModel

/// A block of a load balancer pool: a CIDR or a range of IPv4 addresses.
struct AddressBlock: Sendable {
  private let first: UInt32
  private let last: UInt32

  init?(_ json: JSONValue) {
    if let text = json["cidr"]?.stringValue {
      guard let block = CIDRBlock(text), let base = Self.number(block.base) else { return nil }
      first = base
      last = base &+ (block.prefixLength == 0 ? .max : UInt32((UInt64(1) << UInt64(32 - block.prefixLength)) - 1))
    } else {
      guard let start = json["start"]?.stringValue.flatMap({ IPAddress($0) }).flatMap(Self.number) else { return nil }
      first = start
      last = json["stop"]?.stringValue.flatMap { IPAddress($0) }.flatMap(Self.number) ?? start
    }
    guard first <= last else { return nil }
  }

  var addresses: some Sequence<String> {
    (first...last).lazy.map { "\($0 >> 24).\($0 >> 16 & 255).\($0 >> 8 & 255).\($0 & 255)" }
  }

  private static func number(_ address: IPAddress) -> UInt32? {
    address.isIPv6 ? nil : address.bytes.reduce(0) { $0 << 8 | UInt32($1) }
  }
}
