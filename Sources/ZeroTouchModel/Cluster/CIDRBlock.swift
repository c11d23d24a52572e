/// A block of addresses, such as `10.244.0.0/16`.
package struct CIDRBlock: Sendable, Hashable, CustomStringConvertible {
  package let base: IPAddress
  package let prefixLength: Int

  /// The block of a base address; the bits behind the prefix have to be zero.
  package init(base: IPAddress, prefixLength: Int) {
    self.base = base
    self.prefixLength = prefixLength
  }

  /// Reads `ADDRESS/LENGTH`; nil when it is none, or when bits behind the prefix are set.
  package init?(_ text: String) {
    guard let rounded = CIDRBlock(rounding: text), IPAddress(String(text.prefix { $0 != "/" })) == rounded.base else {
      return nil
    }
    self = rounded
  }

  /// Reads `ADDRESS/LENGTH` and clears the bits behind the prefix; nil when it is none.
  package init?(rounding text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = IPAddress(String(parts[0])), let length = Int(parts[1]),
      String(length) == parts[1], (0...address.bytes.count * 8).contains(length)
    else { return nil }
    let whole = CIDRBlock(base: address, prefixLength: length)
    self.init(base: IPAddress(bytes: whole.masked(address)), prefixLength: length)
  }

  package var description: String { "\(base)/\(prefixLength)" }

  /// The highest address of the block.
  package var last: IPAddress {
    let all = IPAddress(bytes: base.bytes.map { _ in 0xFF })
    return IPAddress(bytes: zip(base.bytes, masked(all)).map { $0 | ~$1 })
  }

  /// Whether the address lies in the block.
  package func contains(_ address: IPAddress) -> Bool {
    address.bytes.count == base.bytes.count && masked(address) == masked(base)
  }

  /// Whether two blocks share an address.
  package func overlaps(_ other: Self) -> Bool {
    prefixLength <= other.prefixLength ? contains(other.base) : other.contains(base)
  }

  private func masked(_ address: IPAddress) -> [UInt8] {
    address.bytes.enumerated().map { index, byte in
      let bits = min(max(prefixLength - index * 8, 0), 8)
      return bits == 0 ? 0 : byte & (0xFF << UInt8(8 - bits))
    }
  }
}
