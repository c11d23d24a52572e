import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// A file of sops before it is decrypted: its keys are clear, and its values say what they will be.
struct SealedTree {
  private let top: JSONValue

  /// Nil where the file is no YAML or JSON; what else sops reads has one level, of text alone.
  init?(_ data: Data) {
    guard let text = String(data: data, encoding: .utf8), let top = try? YAMLDocuments.parse(text, file: "").first,
      top.objectValue?["sops"] != nil
    else { return nil }
    self.top = top
  }

  /// Refuses a key whose value is no text: sops would print a map as YAML, and numbers have several spellings.
  func check(_ key: String, of reference: SecretReference) throws(SecretError) {
    let value = key.split(separator: ".").reduce(Optional(top)) { value, level in
      Int(level).map { value?.arrayValue?.dropFirst($0).first } ?? value?[String(level)]
    }
    switch value {
    // What is not there is for sops to tell.
    case nil, .null: return
    case .string(let text) where !Self.isSealedNumber(text): return
    case .string, .int, .double, .bool, .array, .object:
      throw SecretError(
        reference, "`\(key)` holds no string", remedy: "put its value in quotes, or name a key further down")
    }
  }

  private static func isSealedNumber(_ text: String) -> Bool {
    text.hasPrefix("ENC[") && ["int", "float", "bool"].contains { text.hasSuffix(",type:\($0)]") }
  }
}
