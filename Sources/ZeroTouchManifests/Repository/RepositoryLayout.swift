package import ZeroTouchModel

/// Where things lie in a GitOps repository: the one place that spells its paths.
package struct RepositoryLayout: Sendable, Hashable {
  /// The top of the checkout.
  package let root: String

  package init(root: String) { self.root = root }

  /// The folders that Argo CD reads; what is not committed in them, it does not see.
  package static let syncedFolders = ["bootstrap", "platform", "tenants"]

  /// repoURL and revision, written once.
  package var repository: String { path("bootstrap/argocd/repository.yaml") }
  /// The pins of everything from outside.
  package var lock: String { path("bootstrap/artifacts.lock.yaml") }
  /// The values with which Cilium is installed and later held.
  package var ciliumValues: String { path("bootstrap/cilium/values.yaml") }
  /// What of them is otherwise where Cilium announces the Gateway's address.
  package var ciliumAnnouncements: String { path("bootstrap/cilium/gateway-l2.yaml") }
  /// The values of Cilium in the order in which they count.
  package func ciliumValues(for gateway: Network.Gateway) -> [String] {
    [ciliumValues] + (gateway.mode == .l2 ? [ciliumAnnouncements] : [])
  }
  /// The patch of every machine's configuration.
  package var clusterPatch: String { path("bootstrap/talos/cluster.yaml") }
  /// The Talos secrets bundle, encrypted to the recipients of the spec.
  package var encryptedSecrets: String { path("bootstrap/secrets.age") }
  /// The values with which Argo CD is installed and later held.
  package var argoCDValues: String { path("bootstrap/argocd/values.yaml") }
  /// What the platform's Applications install, by version.
  package var versions: String { path("bootstrap/argocd/versions.yaml") }
  /// What is built into the Talos image beyond the plain one.
  package var schematic: String { path("bootstrap/talos/schematic.yaml") }
  /// What kind makes on a laptop.
  package var kindCluster: String { path("bootstrap/kind/cluster.yaml") }
  /// The spec of the cluster, where none is named.
  package var spec: String { path("zerotouch.yaml") }

  /// The patch of the machine configurations of a role.
  package func patch(of role: Node.Role) -> String { path("bootstrap/talos/\(role.rawValue).yaml") }
  /// The patch of one machine's configuration.
  package func patch(of node: Node) -> String { path("bootstrap/talos/nodes/\(node.name).yaml") }

  /// The kustomization of the root Application of a variant of the platform.
  package func rootApplication(_ overlay: Overlay) -> String { path("bootstrap/root/\(overlay)") }

  /// The kustomization with the Applications of a variant, which the root Application reads.
  package func applications(_ overlay: Overlay) -> String { path(Self.applications(overlay)) }

  /// The same from the repository's top.
  package static func applications(_ overlay: Overlay) -> String { "platform/overlays/\(overlay)" }

  /// The state directory of a cluster.
  package func state(of cluster: String) -> String { path(".zerotouch/\(cluster)") }

  /// A path below the root.
  package func path(_ relative: String) -> String { "\(root)/\(relative)" }
}
