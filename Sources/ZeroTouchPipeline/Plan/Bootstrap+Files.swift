package import ZeroTouchManifests
package import ZeroTouchModel

/// Where a run keeps what it makes; the one place that spells these names.
extension Bootstrap {
  /// The host keys of one machine, as a run first sees them.
  package func knownHosts(of node: Node) -> String { workspace.path("ssh/\(node.name).seen_hosts") }

  /// The machine configuration that a machine is given.
  package func configuration(of node: Node) -> String { "\(rendered)/nodes/\(node.name).yaml" }

  /// The same without inline manifests: what a control plane holds once Argo CD owns the network.
  package func steadyConfiguration(of node: Node) -> String { "\(rendered)/steady/\(node.name).yaml" }

  /// The manifests that Talos applies itself, in this order, each with the file it is rendered to.
  package var inlineManifests: [(name: String, path: String)] {
    ["00-gateway-api-crds", "10-cilium"].map { (name: $0, path: "\(rendered)/manifests/\($0).yaml") }
  }

  /// The patch that takes what was inline out of Talos's inventory; it stays, so that a run that was killed is finished.
  package var disowning: String { "\(rendered)/handover.json" }

  /// One of these manifests as a machine itself holds it.
  package func heldManifest(_ id: String, on node: Node) -> String {
    workspace.path("handover/\(node.name)-\(id).json")
  }

  /// What Talos calls these manifests once it holds them.
  package var inlineResourceIDs: Set<String> { Set(inlineManifests.map { InlineManifest.resourceID($0.name) }) }

  /// An artifact's file in the cache.
  package func cached(_ artifact: ArtifactLock.Artifact) -> String { "\(cache)/\(artifact.fileName)" }

  /// The Gateway API's CRDs, one file each.
  package var gatewayArtifacts: [ArtifactLock.Artifact] { lock.artifacts(prefix: "gateway-api-") }

  /// What goes into the machine configurations.
  package var networkArtifacts: [ArtifactLock.Artifact] { [lock["cilium"]].compactMap(\.self) + gatewayArtifacts }

  /// What has to lie in the cache before a run may start.
  package var neededArtifacts: [ArtifactLock.Artifact] {
    (ownsMachines ? networkArtifacts : [])
      + [lock["argo-cd"], installation.sendsImage ? lock["talos-image"] : nil].compactMap(\.self)
  }
}
