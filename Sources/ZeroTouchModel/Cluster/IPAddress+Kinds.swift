extension IPAddress {
  /// Whether a machine can have this address: neither unspecified, loopback, multicast nor broadcast.
  package var canBeMachine: Bool {
    if isIPv6 { return !(bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] <= 1) && bytes[0] != 0xFF }
    return bytes[0] != 0 && bytes[0] != 127 && bytes[0] < 224
  }
}
