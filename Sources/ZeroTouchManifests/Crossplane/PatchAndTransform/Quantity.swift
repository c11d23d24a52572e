import Foundation

/// An amount as Kubernetes writes it: `250m`, `1Gi`.
struct Quantity: Sendable, Hashable {
  let value: Double

  init?(_ text: String) {
    let number = text.prefix { $0.isNumber || $0 == "." || $0 == "-" || $0 == "+" }
    let suffix = String(text.dropFirst(number.count))
    guard let mantissa = Double(number) else { return nil }
    if let factor = Self.factors[suffix] {
      value = mantissa * factor
    } else if let whole = Double(text), suffix.first == "e" || suffix.first == "E" {
      value = whole
    } else {
      return nil
    }
  }

  private static let factors: [String: Double] = [
    "": 1, "n": 1e-9, "u": 1e-6, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18,
    "Ki": 1024, "Mi": 1_048_576, "Gi": 1_073_741_824, "Ti": 1_099_511_627_776, "Pi": 1_125_899_906_842_624,
    "Ei": 1_152_921_504_606_846_976,
  ]
}
