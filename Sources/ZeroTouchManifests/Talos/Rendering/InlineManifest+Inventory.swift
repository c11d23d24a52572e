package import Foundation
package import ZeroTouchModel

extension InlineManifest {
  /// The object in which Talos lists what it applied itself, from 1.13 on: a ConfigMap in `kube-system`.
  package static let inventory = "talos-bootstrap-manifests-inventory"
  /// The annotation that names that inventory on every object in it.
  package static let owner = "config.k8s.io/owning-inventory"

  /// The manifest's name among Talos's own resources: what is inline comes after everything that Talos brings.
  package var resourceID: String { Self.resourceID(name) }
  package static func resourceID(_ name: String) -> String { "99-\(name)" }

  /// The rows of the inventory that stand for the manifest's objects: `namespace_name_group_kind`, as the libraries of
  /// Kubernetes' cli-utils write them.
  package func inventoryRows() throws(InvalidInput) -> [String] {
    try YAMLDocuments.parse(contents, file: name).filter { $0["kind"] != nil }.map(Self.row)
  }

  /// The same of a manifest as a machine holds it, printed by `talosctl get manifests ID -o json`; nothing where it holds
  /// none.
  package static func inventoryRows(held: Data) throws -> [String] {
    guard !held.isEmpty else { return [] }
    // Talos prints the list of objects itself, without the name that its type has for it.
    let objects = try JSONValue(parsing: held)["spec"]?.arrayValue ?? []
    return objects.filter { $0["kind"] != nil }.map(row)
  }

  /// The merge patch that takes rows out of the inventory.
  package static func disowning(_ rows: some Sequence<String>) -> Data {
    Data(JSONValue.object(["data": .object(Dictionary(rows.map { ($0, .null) }) { $1 })]).text().utf8)
  }

  /// The rows that such a patch takes out; none where there is no patch.
  package static func rows(disownedBy patch: Data) -> [String] {
    ((try? JSONValue(parsing: patch))?["data"]?.objectValue ?? [:]).keys.sorted()
  }

  private static func row(_ object: JSONValue) -> String {
    let version = object["apiVersion"]?.stringValue ?? ""
    let group = version.contains("/") ? String(version.prefix { $0 != "/" }) : ""
    func text(_ key: String) -> String { object[path: "metadata", key]?.stringValue ?? "" }
    // A colon may not stand in a ConfigMap's key, and names of roles have some.
    let name = text("name").replacing(":", with: "__")
    return "\(text("namespace"))_\(name)_\(group)_\(object["kind"]?.stringValue ?? "")"
  }
}
