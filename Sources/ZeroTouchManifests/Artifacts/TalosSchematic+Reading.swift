package import ZeroTouchModel

extension TalosSchematic {
  /// Reads a schematic strictly: what the image factory would not know, or this program could not name, is an error.
  package static func parse(_ text: String, file: String) throws(InvalidInput) -> TalosSchematic {
    var reader = Reader(file: file)
    let documents = try LocatedYAML.documents(of: text, file: file)
    let schematic = reader.schematic(documents.first)
    if documents.count > 1 { reader.report("the file holds several documents", "keep one", documents[1].location) }
    guard reader.problems.isEmpty else { throw InvalidInput(reader.problems) }
    return schematic
  }

  private struct Reader {
    let file: String
    private(set) var problems: [Diagnostic] = []

    init(file: String) { self.file = file }

    mutating func schematic(_ document: LocatedYAML?) -> TalosSchematic {
      guard let document, let customization = document["customization"] else {
        report("`customization` is missing", "write `customization: {}` for the plain image", document?.location)
        return TalosSchematic()
      }
      check(document, ["customization"])
      check(customization, ["extraKernelArgs", "systemExtensions", "secureboot"])
      if let extensions = customization["systemExtensions"] { check(extensions, ["officialExtensions"]) }
      if let boot = customization["secureboot"] { check(boot, ["includeWellKnownCertificates"]) }
      return TalosSchematic(
        kernelArguments: words(customization["extraKernelArgs"]),
        extensions: words(customization[path: "systemExtensions", "officialExtensions"]),
        includesWellKnownCertificates: customization[path: "secureboot", "includeWellKnownCertificates"]?.scalar == true
      )
    }

    private mutating func check(_ node: LocatedYAML, _ known: [String]) {
      for entry in node.entries ?? [] where !known.contains(entry.key) {
        report(
          "the key `\(entry.key)` is not among those whose schematic can be named here",
          "use \(known.map { "`\($0)`" }.joined(separator: ", "))", entry.keyLocation)
      }
    }

    /// Words that stand in the canonical form as they are; others would be quoted there by rules of the factory's.
    private mutating func words(_ node: LocatedYAML?) -> [String] {
      guard let node else { return [] }
      guard let items = node.items else {
        if node.scalar != .null { report("a list of words belongs here", "put `- ` before each", node.location) }
        return []
      }
      return items.compactMap { item in
        guard let word = item.scalar?.stringValue, Self.isPlain(word) else {
          report("this is no plain word", "write letters, digits and `-_./=,:` alone", item.location)
          return nil
        }
        return word
      }
    }

    private static func isPlain(_ word: String) -> Bool {
      guard let last = word.last, last != ":", word != "-", !YAMLScalar.isAmbiguous(word) else { return false }
      return word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./=,:".contains($0)) }
        && !word.hasPrefix(",") && !word.hasPrefix(":") && !word.hasPrefix("=")
    }

    mutating func report(_ message: String, _ remedy: String, _ place: SourceLocation?) {
      problems.append(Diagnostic(at: place ?? SourceLocation(file: file, line: 1, column: 1), message, remedy: remedy))
    }
  }
}
