import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchWorld

/// A resource of Talos's API and the ways `talosctl get` prints it.
struct TalosResource: Sendable {
  let node: String
  let kind: TalosResourceKind
  let id: String
  let version: Int
  let created: String
  let updated: String
  let spec: JSONValue
  /// The cells behind the common ones in a table.
  let columns: [String]

  var json: JSONValue {
    [
      "node": .string(node), "spec": spec,
      "metadata": [
        "created": .string(created), "id": .string(id), "namespace": .string(kind.namespace), "owner": .null,
        "phase": "running", "type": .string(kind.type), "updated": .string(updated), "version": JSONValue(version),
      ],
    ]
  }

  /// JSON with four spaces a level.
  var jsonText: String {
    json.text(.indented).split(separator: "\n").map { line in
      String(repeating: " ", count: line.prefix { $0 == " " }.count) + line
    }.joined(separator: "\n") + "\n"
  }

  var yamlText: String {
    """
    node: \(node)
    metadata:
        namespace: \(kind.namespace)
        type: \(kind.type)
        id: \(id)
        version: \(version)
        owner:
        phase: running
        created: \(created)
        updated: \(updated)
    \(TalosYAML.sorted(["spec": spec]))
    """
  }

  /// What stands at a path such as `{.spec.stage}`; empty where there is nothing.
  func value(at path: String) -> String {
    let names = path.trimmingPrefix("{").prefix { $0 != "}" }.split(separator: ".").map(String.init)
    switch names.reduce(Optional(json), { $0?[$1] }) {
    case .string(let text)?: return text
    case .some(let other): return other.text()
    case nil: return ""
    }
  }
}
