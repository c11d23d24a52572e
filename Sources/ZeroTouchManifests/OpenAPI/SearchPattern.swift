/// A regular expression that is looked for anywhere in a text, as the API server, CEL and Crossplane do.
package struct SearchPattern {
  /// Why a pattern cannot be evaluated here.
  package struct Unreadable: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String
  }

  private let regex: Regex<AnyRegexOutput>
  /// Nil for the few things that it does not read, such as `\p{L}`.
  private let machine: PatternMachine?

  package init(_ pattern: String) throws(Unreadable) {
    do {
      // The absolute end in place of `$`, which here would also match before a last line feed.
      regex = try Regex(Self.anchored(pattern)).matchingSemantics(.unicodeScalar).asciiOnlyCharacterClasses()
    } catch {
      throw Unreadable(description: "the pattern `\(pattern)` cannot be evaluated: \(error)")
    }
    machine = try Self.machine(pattern)
  }

  private static func machine(_ pattern: String) throws(Unreadable) -> PatternMachine? {
    do { return try PatternMachine(try PatternReader.read(pattern)) } catch {
      // Going back in the text takes time without bound where a repetition is repeated.
      guard error is PatternReader.Unread, ![")*", ")+", "){"].contains(where: pattern.contains) else {
        throw Unreadable(description: "the pattern `\(pattern)` cannot be evaluated: it may take too long")
      }
      return nil
    }
  }

  package func matches(_ text: String) -> Bool { machine?.matches(text) ?? (text.firstMatch(of: regex) != nil) }

  /// The groups of the first match, the whole of it first; nil where nothing matches.
  package func groups(in text: String) -> [String?]? {
    guard matches(text) else { return nil }
    return text.firstMatch(of: regex).map { match in match.output.map { $0.substring.map(String.init) } }
  }

  /// The pattern with `\z` for every `$` that is an anchor.
  private static func anchored(_ pattern: String) -> String {
    var result = ""
    var isEscaped = false
    var isInClass = false
    for character in pattern {
      if isEscaped {
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "[" {
        isInClass = true
      } else if character == "]" {
        isInClass = false
      } else if character == "$", !isInClass {
        result += "\\z"
        continue
      }
      result.append(character)
    }
    return result
  }
}
