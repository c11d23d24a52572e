package import ZeroTouchModel
package import ZeroTouchTools

/// A cluster that is looked at: how its APIs are reached, and which machines it is made of.
package struct ExaminedCluster: Sendable, Hashable {
  package let name: String
  /// Nil where nobody has got so far that it could be asked.
  package var kubectl: Kubectl?
  /// Nil where its machines are nobody's business, as of a cluster that exists.
  package var talosctl: Talosctl?
  package var nodes: [Node]

  package init(name: String, kubectl: Kubectl?, talosctl: Talosctl?, nodes: [Node]) {
    self.name = name
    self.kubectl = kubectl
    self.talosctl = talosctl
    self.nodes = nodes
  }
}
