import ZeroTouchManifests
import ZeroTouchModel

/// Pods that no manifest shows and that take hold of their node.
enum UnseenPods {
  /// A setting by which a program makes such pods.
  static func excess(of manifest: Manifest) -> RestrictedPod.Excess? {
    guard manifest.kind == "ConfigMap", manifest.group.isEmpty,
      manifest["data", "config.json"]?.text?.contains("nodePathMap") == true
    else { return nil }
    return (["data", "config.json"], "has pods made that mount folders of the node")
  }

  /// What a chart outside of the catalogue does by default, and the value that switches it off.
  private static let charts: [String: (what: String, value: [String])] = [
    "kube-prometheus-stack": ("brings a node exporter in the node's network", ["nodeExporter", "enabled"]),
    "prometheus-node-exporter": ("runs in the node's network", []),
    "metallb": ("brings speakers in the node's network", ["speaker", "enabled"]),
    "promtail": ("mounts the node's logs", []), "fluent-bit": ("mounts the node's logs", []),
    "spegel": ("mounts folders of the node", []), "longhorn": ("runs privileged", []),
  ]

  static func excess(ofChart source: ApplicationSource, in tree: RepositoryTree) -> String? {
    guard let chart = source.chart, let known = charts[chart] else { return nil }
    guard !known.value.isEmpty else { return known.what }
    let layers = ValueLayers(source, in: tree)
    let said = layers.all.reversed().lazy.compactMap { $0.node.node(at: known.value)?.scalar }.first
    return layers.isOpen || said == .bool(false) ? nil : known.what
  }
}
