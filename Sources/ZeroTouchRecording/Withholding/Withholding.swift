import Foundation
package import ZeroTouchModel
import ZeroTouchTools

/// Takes everything out of a text that may not leave the laptop: known secrets, private keys, the values of Secrets.
package struct Withholding: Sendable {
  let pseudonyms: Pseudonyms
  let redactor: Redactor
  /// The values of Secrets that stand in for the real ones, or were none: in base64.
  let permitted: Set<String>
  let places: RecordedPlaces

  package init(pseudonyms: Pseudonyms, redactor: Redactor, permitted: Set<String>, places: RecordedPlaces) {
    (self.pseudonyms, self.redactor, self.permitted, self.places) = (pseudonyms, redactor, permitted, places)
  }

  /// The text without secrets, with names in the places of paths.
  package func cleaned(_ text: String) -> String {
    places.named(redactor.redact(withoutPrivateKeys(withoutSecretObjects(pseudonyms.applied(to: text)))))
  }

  /// The same of what a program printed; containers print what nobody here knows.
  func cleaned(_ bytes: Data, of call: KeptCall) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    let isLog = call.invocation.tool == "kubectl" && call.invocation.arguments.contains("logs")
    return cleaned(isLog ? ConspicuousSecrets.removed(from: text) : text)
  }

  /// What stands for the value of a Secret that nobody here knows.
  static let withheld = Data("withheld".utf8).base64EncodedString()

  /// Private keys, in the clear or in base64, such as kubeconfigs hold.
  private func withoutPrivateKeys(_ text: String) -> String {
    guard text.contains("PRIVATE KEY") || text.contains("LS0tLS1CRUdJTi") else { return text }
    let clear = text.replacing(#/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z0-9 ]*-----)?/#) { _ in
      Redactor.mark
    }
    return clear.replacing(#/LS0tLS1CRUdJTi[A-Za-z0-9+\/]{20,}=*/#) { match in
      let key = Data(base64Encoded: String(match.output)).map { String(decoding: $0, as: UTF8.self) } ?? "PRIVATE KEY"
      return key.contains("PRIVATE KEY") ? Self.withheld : String(match.output)
    }
  }

  /// The values of Secrets among what the API server answered, and the copies of them that kubectl keeps in notes.
  private func withoutSecretObjects(_ text: String) -> String {
    let text = SecretManifests.emptied(text)
    guard text.contains(#""Secret""#) else { return text }
    if let document = try? JSONValue(parsing: text) { return withheld(document).text() }
    // Of half a document nobody can say which of its words are values.
    return text.contains(#""data""#) || text.contains(#""stringData""#) ? Redactor.mark : text
  }

  private func withheld(_ value: JSONValue) -> JSONValue {
    switch value {
    case .array(let items): return .array(items.map(withheld))
    case .object(var members):
      guard members["kind"] == "Secret" else { return .object(members.mapValues(withheld)) }
      for field in ["data", "stringData"] {
        guard let values = members[field]?.objectValue else { continue }
        members[field] = .object(
          values.mapValues { permitted.contains($0.stringValue ?? "") ? $0 : .string(Self.withheld) })
      }
      var object = JSONValue.object(members)
      let note = "kubectl.kubernetes.io/last-applied-configuration"
      if object[path: "metadata", "annotations", note] != nil { object[path: "metadata", "annotations", note] = nil }
      return object
    default: return value
    }
  }
}
