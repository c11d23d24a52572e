extension IPAddress {
  /// Whether a machine can have this address: neither unspecified, loopback, multicast nor broadcast.
  package var canBeMachine: Bool {
    if isIPv6 { return !(bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] <= 1) && bytes[0] != 0xFF }
    return bytes[0] != 0 && bytes[0] != 127 && bytes[0] < 224
  }

  /// Whether it belongs to a network of one's own rather than to the Internet.
  package var isPrivate: Bool {
    let blocks =
      isIPv6
      ? ["fc00::/7", "fe80::/10"]
      : ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"]
    return blocks.contains { CIDRBlock($0)?.contains(self) == true }
  }
}
