package import Foundation
import ZeroTouchModel

/// What stands in a recording in the places of secrets: other values, which are equal where the secrets were.
///
/// A replay compares what programs answered with what it wants itself; with nothing but marks in their places, no
/// answer would ever be the wanted one.
package struct Pseudonyms: Sendable {
  private var forms: [(secret: String, standIn: String)] = []

  package init() {}

  /// From now on the one stands for the other: as it is, in base64, and as JSON writes it.
  package mutating func learn(_ secret: Data, as standIn: Data) {
    guard secret.count >= 4, secret != standIn else { return }
    let (hidden, shown) = (String(decoding: secret, as: UTF8.self), String(decoding: standIn, as: UTF8.self))
    let pairs = [
      (secret.base64EncodedString(), standIn.base64EncodedString()), (Self.escaped(hidden), Self.escaped(shown)),
      (hidden, shown),
    ]
    for (secret, standIn) in pairs where !forms.contains(where: { $0.secret == secret }) {
      forms.append((secret, standIn))
    }
    // One value may be a part of another.
    forms.sort { ($0.secret.count, $0.secret) > ($1.secret.count, $1.secret) }
  }

  /// The text with stand-ins in the places of secrets.
  package func applied(to text: String) -> String {
    forms.reduce(text) { text, form in
      text.contains(form.secret) ? text.replacingOccurrences(of: form.secret, with: form.standIn) : text
    }
  }

  private static func escaped(_ text: String) -> String { String(JSONValue.string(text).text().dropFirst().dropLast()) }
}
