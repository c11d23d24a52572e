import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// A file of named values: YAML or JSON, with dots between the levels of a key, or lines as a shell's `.env` has them.
struct KeyedFile {
  private let data: Data
  private let path: String
  private let reference: SecretReference

  init(_ data: Data, path: String, reference: SecretReference) {
    self.data = data
    self.path = path
    self.reference = reference
  }

  /// The bytes of one value.
  func value(of key: String) throws(SecretError) -> Data {
    if hasLines { return try value(amongLines: key) }
    guard let text = String(data: data, encoding: .utf8) else {
      throw SecretError(
        reference, "the file is no text, so it has no keys", remedy: "leave `#\(key)` out to take the whole file")
    }
    return try value(of: key, in: text)
  }

  private var hasLines: Bool {
    let name = (path as NSString).lastPathComponent
    return name == ".env" || name.hasPrefix(".env.") || name.hasSuffix(".env")
  }

  /// What is wrong with other lines is nobody's business here.
  private func value(amongLines key: String) throws(SecretError) -> Data {
    var reader = VariableFileReader(data, file: path)
    let entries = reader.read()
    if let entry = entries.last(where: { $0.name == key }) { return entry.value }
    if let problem = reader.problems.first(where: { $0.name == key })?.diagnostic {
      let line = problem.location.map { "line \($0.line): " } ?? ""
      throw SecretError(reference, line + problem.message, remedy: problem.remedy)
    }
    // What stands before `=` may be a part of somebody's key, unless it is a variable's name.
    throw missing(key, among: entries.map(\.name).filter { $0.wholeMatch(of: #/[A-Za-z_]\w{0,63}/#) != nil })
  }

  private func value(of key: String, in text: String) throws(SecretError) -> Data {
    let document: JSONValue
    do { document = try YAMLDocuments.parse(text, file: path).first ?? [:] } catch {
      // The parser's words may repeat a line, and every line of this file may be a secret.
      let line = error.diagnostics.first?.location.map { " on line \($0.line)" } ?? ""
      throw SecretError(reference, "the file is no sound YAML or JSON\(line)", remedy: "correct the file")
    }
    guard let found = document[key] ?? Self.descend(document, key) else {
      throw missing(key, among: document.objectValue.map { Array($0.keys) } ?? [])
    }
    guard let value = found.stringValue else {
      throw SecretError(
        reference, "`\(key)` holds no string", remedy: "put its value in quotes, or name a key further down")
    }
    return Data(value.utf8)
  }

  private static func descend(_ document: JSONValue, _ key: String) -> JSONValue? {
    key.split(separator: ".").reduce(Optional(document)) { value, name in value?[String(name)] }
  }

  private func missing(_ key: String, among keys: [String]) -> SecretError {
    let known = keys.sorted().prefix(8).map { "`\($0)`" }.joined(separator: ", ")
    return SecretError(
      reference, "the file has no key `\(key)`",
      remedy: known.isEmpty ? "the file has no keys at all" : "it has \(known); levels are divided by dots")
  }
}
