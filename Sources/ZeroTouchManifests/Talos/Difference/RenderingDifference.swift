import ZeroTouchModel

/// What a new rendering would change of an earlier one; no secret stands in it.
package struct RenderingDifference: Sendable, Hashable {
  package let text: String

  package var isEmpty: Bool { text.isEmpty }

  /// Compares file by file: texts by names, relative to the folder of the rendering.
  package init(from old: [String: String], to new: [String: String]) {
    let (before, after) = (Side(old), Side(new))
    text = Set(old.keys).union(new.keys).sorted().map { Self.difference(of: $0, before, after) }.joined()
  }

  /// One of the two renderings.
  private struct Side {
    let texts: [String: String]
    /// Under which names the manifests lie that the configurations hold once more.
    private let names: [String: String]

    init(_ texts: [String: String]) {
      self.texts = texts
      let manifests = texts.filter { RenderingDifference.isManifest($0.key) }.sorted { $0.key < $1.key }
      names = Dictionary(manifests.map { ($0.value, $0.key) }) { first, _ in first }
    }

    /// The documents of a configuration, in which a manifest that has its own file is only named.
    func documents(of text: String) -> [JSONValue]? {
      guard let documents = try? YAMLDocuments.parse(text, file: "") else { return nil }
      return documents.map { document in
        guard let manifests = document[path: "cluster", "inlineManifests"]?.arrayValue else { return document }
        var document = document
        document[path: "cluster", "inlineManifests"] = .array(manifests.map(naming))
        return document
      }
    }

    private func naming(_ manifest: JSONValue) -> JSONValue {
      guard let name = manifest["contents"]?.stringValue.flatMap({ names[$0] }) else { return manifest }
      var manifest = manifest
      manifest["contents"] = .string("(\(name))")
      return manifest
    }
  }

  private static func isManifest(_ name: String) -> Bool { name.hasPrefix("manifests/") }

  private static func difference(of name: String, _ before: Side, _ after: Side) -> String {
    let (old, new) = (before.texts[name] ?? "", after.texts[name] ?? "")
    guard old != new else { return "" }
    let (left, right) = isManifest(name) ? manifests(old, new) : configurations(old, new, before, after)
    let text = LineDifference(from: left, to: right).unified(
      old: old.isEmpty ? "/dev/null" : "a/\(name)", new: new.isEmpty ? "/dev/null" : "b/\(name)")
    // After the comparison, so that a line in which nothing but a credential changed still shows as two.
    return AddressMask.masked(text, mark: Redactor.mark)
  }

  private static let unreadable = ("", "(what cannot be read as YAML is not shown)\n")

  /// Both texts as Talos would write them, without their secrets.
  private static func configurations(_ old: String, _ new: String, _ before: Side, _ after: Side) -> (String, String) {
    guard let left = before.documents(of: old), let right = after.documents(of: new) else { return unreadable }
    let masked = right.map { document -> JSONValue in
      let id = MachineConfiguration.identifier(of: document)
      let before = left.first { MachineConfiguration.identifier(of: $0) == id }
      return SecretMask.masked(document, comparedTo: before ?? .null)
    }
    return (TalosYAML.text(left.map { SecretMask.masked($0, comparedTo: nil) }), TalosYAML.text(masked))
  }

  /// Both texts as they stand, as long as no Secret is in them.
  private static func manifests(_ old: String, _ new: String) -> (String, String) {
    guard SecretMask.mayHoldSecret(old) || SecretMask.mayHoldSecret(new) else { return (old, new) }
    guard let left = try? YAMLDocuments.parse(old, file: ""), let right = try? YAMLDocuments.parse(new, file: "") else {
      return unreadable
    }
    let masked = right.map { object -> JSONValue in
      let before = left.first { $0["kind"] == object["kind"] && $0["metadata"]?["name"] == object["metadata"]?["name"] }
      return SecretMask.masked(manifest: object, comparedTo: before ?? .null)
    }
    let written = { (objects: [JSONValue]) in objects.map(TalosYAML.sorted).joined(separator: "---\n") }
    return (written(left.map { SecretMask.masked(manifest: $0, comparedTo: nil) }), written(masked))
  }
}
