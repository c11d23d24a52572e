import Yams
import ZeroTouchModel

/// Reads a YAML text within its limits and gathers what is wrong with it.
struct YAMLReader {
  let text: String
  let file: String
  let limits: YAMLLimits
  /// Whether the values are secrets: none is repeated, and bytes that are no text are kept.
  var holdsSecrets = false

  /// The documents that are not empty, and what is wrong with them that leaves the rest readable, such as equal keys.
  func read() throws(InvalidInput) -> (documents: [LocatedYAML], problems: [Diagnostic]) {
    guard text.utf8.count <= limits.bytes else {
      throw failure(
        "the file has \(text.utf8.count) bytes, more than the \(limits.bytes) that are read",
        remedy: "split it into several files", at: nil)
    }
    // A leading line of our own keeps the text too long for inline storage, whose address the parser must not keep;
    // positions are counted from the second line on.
    let body = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    guard var mask = YAMLMask("# the text begins on the next line\n" + body) else {
      throw failure(
        "the file uses every private character of Unicode", remedy: "replace the characters U+E000 to U+F8FF", at: nil)
    }
    let (parser, roots) = try compose(&mask)
    // Anchors are weak references into the parser.
    return try withExtendedLifetime(parser) { () throws(InvalidInput) in
      var builder = YAMLTreeBuilder(file: file, mask: mask, limits: limits, holdsSecrets: holdsSecrets)
      return (try builder.build(roots), builder.problems)
    }
  }

  private func compose(_ mask: inout YAMLMask) throws(InvalidInput) -> (Parser, [Yams.Node]) {
    for _ in 0...YAMLMask.mostKeys {
      do {
        return try Self.roots(of: mask.text)
      } catch YamlError.duplicatedKeysInMapping(let names, let context) {
        let position = YAMLMask.Position(line: context.mark.line, column: context.mark.column)
        let name = names.first.map { mask.unmasked($0) } ?? ""
        guard mask.hideKey(at: position) else { throw duplicate(name, at: context.mark) }
      } catch {
        throw InvalidInput([YAMLProblem(error, file: file).diagnostic])
      }
    }
    throw failure("more than \(YAMLMask.mostKeys) keys stand twice", remedy: "write each key once", at: nil)
  }

  private static func roots(of text: String) throws -> (Parser, [Yams.Node]) {
    let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
    var roots: [Yams.Node] = []
    while let root = try parser.nextRoot() { roots.append(root) }
    return (parser, roots)
  }

  private func duplicate(_ name: String, at mark: Mark) -> InvalidInput {
    failure(
      "the key `\(name)` stands more than once in this mapping", remedy: "keep one of them",
      at: SourceLocation(file: file, line: mark.line - 1, column: mark.column))
  }

  private func failure(_ message: String, remedy: String, at location: SourceLocation?) -> InvalidInput {
    InvalidInput([
      Diagnostic(at: location ?? SourceLocation(file: file, line: 1, column: 1), message, remedy: remedy)
    ])
  }
}
