/// A promise that a simulated bootstrap broke.
package struct Violation: Sendable, Hashable, CustomStringConvertible {
  package let promise: String
  package let seen: String

  package var description: String { "\(promise): \(seen)" }
}
