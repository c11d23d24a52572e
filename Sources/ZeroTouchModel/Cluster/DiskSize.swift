import Foundation

/// A bound for the size of a disk, such as `>= 500GB`.
package struct DiskSize: Sendable, Hashable, CustomStringConvertible {
  package enum Comparison: String, Sendable, Hashable, CaseIterable {
    case atLeast = ">="
    case atMost = "<="
    case more = ">"
    case less = "<"
    case exactly = "=="
  }

  package let comparison: Comparison
  package let bytes: Int
  private let amount: String

  /// Reads a comparison and an amount; without a comparison the size has to be equal.
  package init?(_ text: String) {
    let bare = text.filter { $0 != " " }
    comparison = Comparison.allCases.first { bare.hasPrefix($0.rawValue) } ?? .exactly
    amount = String(bare.drop { "<>=".contains($0) })
    guard let bytes = Self.bytes(amount) else { return nil }
    self.bytes = bytes
  }

  package var description: String { "\(comparison.rawValue) \(amount)" }

  /// Whether a disk of this many bytes fits.
  package func fits(_ size: Int) -> Bool {
    switch comparison {
    case .atLeast: size >= bytes
    case .atMost: size <= bytes
    case .more: size > bytes
    case .less: size < bytes
    case .exactly: size == bytes
    }
  }

  private static func bytes(_ text: String) -> Int? {
    let number = text.prefix { $0.isNumber || $0 == "." }
    let units = [
      "": 1.0, "B": 1, "KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "KIB": 1024, "MIB": 1_048_576,
      "GIB": 1_073_741_824, "TIB": 1_099_511_627_776,
    ]
    guard let value = Double(number), let unit = units[text.dropFirst(number.count).uppercased()] else { return nil }
    return Int(value * unit)
  }
}
