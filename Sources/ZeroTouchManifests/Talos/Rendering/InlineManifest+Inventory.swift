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

  private static func row(_ object: JSONValue) -> String {
    let version = object["apiVersion"]?.stringValue ?? ""
    let group = version.contains("/") ? String(version.prefix { $0 != "/" }) : ""
    func text(_ key: String) -> String { object[path: "metadata", key]?.stringValue ?? "" }
    // A colon may not stand in a ConfigMap's key, and names of roles have some.
    let name = text("name").replacing(":", with: "__")
    return "\(text("namespace"))_\(name)_\(group)_\(object["kind"]?.stringValue ?? "")"
  }
}
