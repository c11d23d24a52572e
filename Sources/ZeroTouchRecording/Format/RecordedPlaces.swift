import Foundation

/// The folders that a run works in, by names that mean the same on every laptop.
package struct RecordedPlaces: Sendable, Equatable {
  /// The longest paths first: one may lie in another.
  private let places: [(path: String, name: String)]

  /// - Parameter folders: Absolute paths by name.
  package init(_ folders: [String: String]) {
    places = folders.map { ($0.value, "@\($0.key)@") }.sorted {
      ($0.path.count, $0.name) > ($1.path.count, $1.name)
    }
  }

  package static func == (left: RecordedPlaces, right: RecordedPlaces) -> Bool {
    left.places.elementsEqual(right.places) { $0 == $1 }
  }

  /// The text with names in the place of this laptop's paths.
  package func named(_ text: String) -> String {
    places.reduce(text) { text, place in text.contains(place.path) ? Self.renamed(text, place.path, place.name) : text }
  }

  /// The text with this laptop's paths in the place of names.
  package func located(_ text: String) -> String {
    guard text.contains("@") else { return text }
    return places.reduce(text) { text, place in text.replacingOccurrences(of: place.name, with: place.path) }
  }

  /// Whether a path lies in one of them.
  func hold(_ path: String) -> Bool { places.contains { path.hasPrefix("\($0.path)/") } }

  /// Replaces a path where it stands as one: `/root` is no part of `bootstrap/root` or `/rooted`.
  private static func renamed(_ text: String, _ path: String, _ name: String) -> String {
    var (result, rest) = ("", text[...])
    while let found = rest.range(of: path, options: .literal) {
      let before = rest[..<found.lowerBound].last ?? result.last
      let isPath = before.map(isNamed) != true && rest[found.upperBound...].first.map(isNamed) != true
      result += rest[..<found.lowerBound] + (isPath ? name : path)
      rest = rest[found.upperBound...]
    }
    return result + rest
  }

  private static func isNamed(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "._-".contains(character)
  }
}
