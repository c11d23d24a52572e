package import ZeroTouchModel

/// A strategic-merge patch of the machine configuration, from a file in Git.
package struct MachinePatch: Sendable, Hashable {
  /// Whose configuration a patch changes.
  package enum Scope: Sendable, Hashable {
    case cluster
    case role(Node.Role)
    case node(String)
  }

  package let file: String
  package let scope: Scope
  /// The documents with their places in the file.
  let located: [LocatedYAML]
  package let documents: [JSONValue]

  /// Reads a patch; what is no patch that Talos takes is refused with the line and what to write instead.
  package init(
    text: String, file: String, scope: Scope, contract: GenerationRequest.Contract
  ) throws(InvalidInput) {
    self.file = file
    self.scope = scope
    located = try LocatedYAML.documents(of: text, file: file)
    let problems = located.flatMap { TalosDocumentCheck(contract: contract).problems(of: $0) }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    documents = located.map { MachineConfiguration.normalized($0.json) }
  }

  /// The place in the file that says what stands behind a path of a document, as near as the file comes to it.
  func location(kind: String?, path: [String]) -> SourceLocation {
    var place = SourceLocation(file: file, line: 1, column: 1)
    for document in located where document["kind"]?.scalar?.stringValue == kind {
      var node: LocatedYAML? = document
      place = document.location
      for key in path {
        guard let entry = node?.entry(key) else { break }
        place = entry.keyLocation
        node = entry.value
      }
      return place
    }
    return place
  }
}
