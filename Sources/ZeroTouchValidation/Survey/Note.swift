package import ZeroTouchModel

/// Something that could not be known, and what therefore was not checked.
package struct Note: Sendable, Hashable, Comparable {
  package let location: SourceLocation
  package let text: String

  package init(at location: SourceLocation, _ text: String) {
    self.location = location
    self.text = text
  }

  package static func < (left: Self, right: Self) -> Bool { (left.location, left.text) < (right.location, right.text) }
}
