import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// What a new rendering would change of an earlier one; no secret stands in it.
struct RenderingDifference: Sendable {
  let text: String

  /// Compares file by file. The talosconfig is left out: its certificate is another one every time.
  init(from old: RenderedFolder, to new: RenderedFolder, redactor: Redactor) {
    let names = Set(old.files + new.files).subtracting(["talosconfig"]).sorted()
    let parts = names.map { Self.difference(of: $0, old.text(of: $0) ?? "", new.text(of: $0) ?? "") }
    text = redactor.redact(parts.joined())
  }

  var isEmpty: Bool { text.isEmpty }

  private static func difference(of name: String, _ old: String, _ new: String) -> String {
    guard old != new else { return "" }
    let (before, after) = name.hasPrefix("manifests/") ? (old, new) : masked(old, new)
    let difference = LineDifference(from: before, to: after)
    return difference.unified(
      old: old.isEmpty ? "/dev/null" : "a/\(name)", new: new.isEmpty ? "/dev/null" : "b/\(name)")
  }

  /// Both texts as Talos would write them, without their secrets; a text that cannot be read is not shown at all.
  private static func masked(_ old: String, _ new: String) -> (String, String) {
    guard let left = try? YAMLDocuments.parse(old, file: ""), let right = try? YAMLDocuments.parse(new, file: "") else {
      return ("", "(the earlier rendering cannot be read)\n")
    }
    let masked = right.map { document -> JSONValue in
      let id = MachineConfiguration.identifier(of: document)
      let before = left.first { MachineConfiguration.identifier(of: $0) == id }
      return SecretMask.masked(before ?? .null, document).new
    }
    return (TalosYAML.text(left.map { SecretMask.masked($0, .null).old }), TalosYAML.text(masked))
  }
}
