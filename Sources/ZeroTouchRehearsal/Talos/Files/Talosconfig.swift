import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// A talosconfig: which cluster, its endpoints, and the certificates that open it.
struct Talosconfig: Sendable, Hashable {
  struct Context: Sendable, Hashable {
    var endpoints: [String] = []
    var nodes: [String] = []
    var ca = ""
    var crt = ""
    var key = ""
  }

  var current: String
  var contexts: [String: Context]

  init(context name: String, _ context: Context) {
    current = name
    contexts = [name: context]
  }

  init(text: String) throws(CallFailure) {
    let document: JSONValue
    do { document = try YAMLDocuments.parse(text, file: "talosconfig").first ?? .object([:]) } catch {
      throw CallFailure("error reading config: yaml: \(error)")
    }
    current = document["context"]?.stringValue ?? ""
    contexts = (document["contexts"]?.objectValue ?? [:]).mapValues(Context.init)
  }

  var text: String {
    let names = contexts.sorted { $0.key < $1.key }
    return "context: \(current)\ncontexts:\(names.isEmpty ? " {}" : "")\n"
      + names.map { "    \($0.key):\n\($0.value.lines)" }.joined()
  }
}

extension Talosconfig.Context {
  init(_ value: JSONValue) {
    let texts = { (key: String) in (value[key]?.arrayValue ?? []).compactMap(\.stringValue) }
    endpoints = texts("endpoints")
    nodes = texts("nodes")
    ca = value["ca"]?.stringValue ?? ""
    crt = value["crt"]?.stringValue ?? ""
    key = value["key"]?.stringValue ?? ""
  }

  fileprivate var lines: String {
    let margin = String(repeating: " ", count: 8)
    var lines = endpoints.isEmpty ? "\(margin)endpoints: []\n" : list("endpoints", endpoints)
    if !nodes.isEmpty { lines += list("nodes", nodes) }
    return lines + "\(margin)ca: \(ca)\n\(margin)crt: \(crt)\n\(margin)key: \(key)\n"
  }

  private func list(_ name: String, _ items: [String]) -> String {
    let margin = String(repeating: " ", count: 8)
    return "\(margin)\(name):\n" + items.map { "\(margin)    - \($0)\n" }.joined()
  }
}
