import Foundation
package import ZeroTouchModel

/// The secrets bundle of a cluster, as `talosctl gen secrets` makes it: made once, never again.
package struct TalosSecrets: Sendable {
  /// The bundle's document; only for making machine configurations.
  package let document: JSONValue

  private static let authorities = ["etcd", "k8s", "k8saggregator", "os"]
  private static let texts = [
    ["cluster", "id"], ["cluster", "secret"], ["secrets", "bootstraptoken"], ["secrets", "secretboxencryptionsecret"],
    ["trustdinfo", "token"], ["certs", "k8sserviceaccount", "key"],
  ]
  private static var required: [[String]] {
    texts + authorities.flatMap { [["certs", $0, "crt"], ["certs", $0, "key"]] }
  }

  /// Reads a bundle; whatever a cluster needs and the bundle lacks is named, and no value of it is repeated.
  package init(text: String, file: String) throws(InvalidInput) {
    let documents = try LocatedYAML.documents(of: text, file: file)
    let place = SourceLocation(file: file, line: 1, column: 1)
    let remedy = "restore the bundle from your backup, or with `zerotouch secrets import`"
    guard let bundle = documents.first, documents.count == 1 else {
      throw InvalidInput([Diagnostic(at: place, "the secrets bundle is no single document", remedy: remedy)])
    }
    let document = bundle.json
    let missing = Self.required.filter { Self.value($0, in: document).isEmpty }
    guard missing.isEmpty else {
      throw InvalidInput(
        missing.map { path in
          Diagnostic(at: place, "the secrets bundle lacks `\(path.joined(separator: "."))`", remedy: remedy)
        })
    }
    self.document = document
  }

  private init(document: JSONValue) { self.document = document }

  /// A bundle without any secret, to see what a configuration will look like.
  package static let placeholder = TalosSecrets(
    document: required.reduce(into: JSONValue.object([:])) { bundle, path in
      write(.string(Data(path.joined(separator: ".").utf8).base64EncodedString()), to: &bundle, path[...])
    })

  /// Every value that no text may hold.
  package var values: [Secret] { Self.required.map { Secret(Self.value($0, in: document)) } }

  /// The certificate of the CA of Talos's own API, which a talosconfig holds too.
  package var authority: String { Self.value(["certs", "os", "crt"], in: document) }

  private static func value(_ path: [String], in document: JSONValue) -> String {
    path.reduce(Optional(document)) { $0?[$1] }?.stringValue ?? ""
  }

  private static func write(_ value: JSONValue, to node: inout JSONValue, _ path: ArraySlice<String>) {
    guard let key = path.first else {
      node = value
      return
    }
    var child = node[key] ?? [:]
    write(value, to: &child, path.dropFirst())
    node[key] = child
  }
}
