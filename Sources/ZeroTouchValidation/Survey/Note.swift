package import ZeroTouchModel

/// Something that could not be known, and what therefore was not checked.
package struct Note: Sendable, Hashable, Comparable {
  package let location: SourceLocation
  package let text: String

  package init(at location: SourceLocation, _ text: String) {
    self.location = location
    self.text = text
  }

  /// A file or folder that nobody looked into.
  init(_ skipped: RepositoryTree.Skipped) {
    self.init(at: SourceLocation(file: skipped.path, line: 1, column: 1), "not looked into: \(skipped.reason)")
  }

  package static func < (left: Self, right: Self) -> Bool { (left.location, left.text) < (right.location, right.text) }
}
