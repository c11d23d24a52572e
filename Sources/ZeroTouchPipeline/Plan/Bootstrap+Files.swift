package import ZeroTouchManifests
package import ZeroTouchModel

/// Where a run keeps what it makes; the one place that spells these names.
extension Bootstrap {
  /// The PKI of the cluster: made once, never again.
  package var secretsBundle: String { workspace.path("secrets.yaml") }
  package var talosconfig: String { workspace.path("talosconfig") }
  package var knownHosts: String { workspace.path("known_hosts") }
  package var rendered: String { workspace.path("rendered") }

  /// The machine configuration of a role, before the patches of a single machine.
  package func configuration(of role: Node.Role) -> String {
    switch role {
    case .controlPlane: "\(rendered)/controlplane.yaml"
    case .worker: "\(rendered)/worker.yaml"
    }
  }

  /// The machine configuration that a machine is given.
  package func configuration(of node: Node) -> String { "\(rendered)/nodes/\(node.name).yaml" }
  package func patch(of node: Node) -> String { "\(rendered)/nodes/\(node.name).patch.yaml" }

  /// An artifact's file in the cache.
  package func cached(_ artifact: ArtifactLock.Artifact) -> String { "\(cache)/\(artifact.fileName)" }

  /// The Gateway API's CRDs, one file each.
  package var gatewayArtifacts: [ArtifactLock.Artifact] { lock.artifacts(prefix: "gateway-api-") }

  /// What has to lie in the cache before a run may start.
  package var neededArtifacts: [ArtifactLock.Artifact] {
    let network = ownsMachines ? [lock["cilium"]].compactMap(\.self) + gatewayArtifacts : []
    return network + [lock["argo-cd"]].compactMap(\.self)
  }
}
