import ZeroTouchManifests
import ZeroTouchModel

extension Survey {
  /// The Application whose chart would define a kind if a value were set about which it says nothing, and that value.
  ///
  /// Who writes that the definitions are to be left out has them from elsewhere.
  func omission(of kind: GroupKind, in cluster: ClusterView) -> (application: String, value: String)? {
    for application in cluster.applications {
      for source in application.sources where source.chart != nil {
        let entries = catalogue.entries(of: source.chart ?? "", in: source.repoURL)
        guard let entry = entries.first(where: { $0.versions.contains(source.revision) }) ?? entries.first,
          let value = entry.switchDefining(group: kind.group, kind: kind.kind)
        else { continue }
        let layers = ValueLayers(source, in: tree)
        let path = value.split(separator: ".").map(String.init)
        guard !layers.isOpen, !layers.all.contains(where: { $0.node.node(at: path) != nil }) else { continue }
        return (application.name, value)
      }
    }
    return nil
  }
}
