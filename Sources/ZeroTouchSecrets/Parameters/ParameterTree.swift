import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// Parameters written as YAML: every key is a level of the names below it, or several with slashes between them.
struct ParameterTree {
  private let file: String
  private(set) var entries: [ParameterFile.Entry] = []
  private(set) var problems: [Diagnostic] = []

  init(_ data: Data, file: String) throws(InvalidInput) {
    self.file = file
    let text = String(decoding: data, as: UTF8.self)
    guard text.utf8.elementsEqual(data) else {
      throw InvalidInput([
        Diagnostic(
          at: SourceLocation(file: file, line: 1, column: 1), "the file is not UTF-8",
          remedy: "write bytes that are no text as `!!binary`, in base64")
      ])
    }
    for document in try LocatedYAML.secretDocuments(of: text, file: file) {
      guard document.entries != nil else {
        report("the file is \(document.kindName)", "write COMPONENT: {KEY: VALUE}", at: document.location)
        continue
      }
      guard document["sops"] == nil else {
        report(
          "the file is encrypted by sops",
          "decrypt it on the way: sops decrypt FILE | zerotouch secrets push - --format yaml", at: document.location)
        continue
      }
      walk(document, "")
    }
  }

  private mutating func walk(_ node: LocatedYAML, _ name: String) {
    switch node.content {
    case .mapping(let entries):
      for entry in entries {
        let level = entry.key.hasSuffix("/") ? String(entry.key.dropLast()) : entry.key
        walk(entry.value, name.isEmpty ? level : "\(name)/\(level)")
      }
    case .sequence: report("`\(name)` is a list", "give it one value", at: node.location)
    case .scalar(.string(let text)): add(name, text, node)
    case .scalar(.null): add(name, "", node)
    case .scalar:
      report(
        "`\(name)` is \(node.kindName) of YAML, which has several spellings", "put the value in quotes",
        at: node.location)
    }
  }

  private mutating func add(_ name: String, _ text: String, _ node: LocatedYAML) {
    let value = node.isBase64 ? Data(base64Encoded: text) ?? Data() : Data(text.utf8)
    entries.append(ParameterFile.Entry(name: name, value: value, location: node.location))
  }

  private mutating func report(_ message: String, _ remedy: String, at place: SourceLocation) {
    problems.append(Diagnostic(at: place, message, remedy: remedy))
  }
}
