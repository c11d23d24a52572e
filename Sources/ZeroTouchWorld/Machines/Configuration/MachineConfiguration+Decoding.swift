import Foundation
package import ZeroTouchManifests
package import ZeroTouchModel

/// Why a text is no machine configuration, in Talos's own words.
package struct ConfigurationProblem: Error, Sendable, Hashable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}

extension MachineConfiguration {
  /// Reads a configuration strictly: unknown kinds and keys and repeated documents are refused.
  package init(text: String) throws(ConfigurationProblem) {
    let documents = try Self.documents(of: text, allowsDuplicates: false)
    guard !documents.isEmpty else { throw ConfigurationProblem("config not found") }
    self.init(documents: documents)
  }

  /// Reads the documents of a configuration or of a patch, which may repeat a document to delete from it.
  package static func documents(
    of text: String, allowsDuplicates: Bool
  ) throws(ConfigurationProblem) -> [JSONValue] {
    let parsed = try parsed(text)
    let lines = documentLines(of: text)
    var known: Set<String> = []
    return try parsed.enumerated().map { index, document throws(ConfigurationProblem) in
      let line = index < lines.count ? lines[index] : 1
      guard document.objectValue != nil else { throw ConfigurationProblem("expected a YAML document at line \(line)") }
      let id = identifier(of: document)
      guard allowsDuplicates || known.insert(id).inserted else {
        throw ConfigurationProblem("duplicate document \(id) is not allowed (line \(line))")
      }
      do { return try decoded(document) } catch {
        throw ConfigurationProblem("error decoding document \(id) (line \(line)): \(error)")
      }
    }
  }

  /// The documents of a text as they stand.
  static func parsed(_ text: String) throws(ConfigurationProblem) -> [JSONValue] {
    do { return try YAMLDocuments.parse(text, file: "").filter { !$0.isNull } } catch {
      throw ConfigurationProblem("decode error: yaml: \(error)")
    }
  }

  private static func decoded(_ document: JSONValue) throws(ConfigurationProblem) -> JSONValue {
    let type = try typeName(of: document)
    let normal = normalized(document)
    let unknown = unknownKeys(in: normal, type: type)
    guard let unknown else { return normal }
    throw ConfigurationProblem("unknown keys found during decoding:\n\(TalosYAML.text([unknown]))")
  }

  /// The type of Talos that a document is read as.
  static func typeName(of document: JSONValue) throws(ConfigurationProblem) -> String {
    let isMain = ["machine", "cluster", "debug", "persist"].contains { document[$0] != nil }
    let version = isMain ? "v1alpha1" : document["apiVersion"]?.stringValue ?? document["version"]?.stringValue ?? ""
    guard let kind = document["kind"]?.stringValue, !kind.isEmpty else {
      guard version == "v1alpha1" else { throw ConfigurationProblem("missing kind") }
      return "Config"
    }
    guard !version.isEmpty else { throw ConfigurationProblem("missing apiVersion") }
    guard version == "v1alpha1", TalosFields.current.isDocument(kind) else {
      throw ConfigurationProblem("\"\(kind)\" \"\(version)\": not registered")
    }
    return kind
  }

  /// What of a value has no place in its type, as a value of the same shape.
  private static func unknownKeys(in value: JSONValue, type: String) -> JSONValue? {
    guard let members = value.objectValue, let fields = TalosFields.current.fields(of: type) else { return nil }
    let known = Dictionary(fields.map { ($0.name, $0.content) }, uniquingKeysWith: { $1 })
    var unknown: [String: JSONValue] = [:]
    for (key, member) in members where key != "$patch" {
      guard let content = known[key] else {
        unknown[key] = member
        continue
      }
      unknown[key] = unknownKeys(in: member, content: content)
    }
    return unknown.isEmpty ? nil : .object(unknown)
  }

  private static func unknownKeys(in value: JSONValue, content: TalosFields.Content) -> JSONValue? {
    switch content {
    case .scalar, .mapping: return nil
    case .type(let name): return unknownKeys(in: value, type: name)
    case .list(let element):
      let unknown = (value.arrayValue ?? []).compactMap { unknownKeys(in: $0, content: element) }
      return unknown.isEmpty ? nil : .array(unknown)
    }
  }

  /// The line on which each document's first key stands.
  private static func documentLines(of text: String) -> [Int] {
    var lines: [Int] = []
    var isOpen = false
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("---") {
        isOpen = false
      } else if !isOpen, !line.allSatisfy(\.isWhitespace), !line.drop(while: \.isWhitespace).hasPrefix("#") {
        isOpen = true
        lines.append(index + 1)
      }
    }
    return lines
  }
}
