package import ZeroTouchManifests
import ZeroTouchModel

/// An Application as Argo CD gets to see it: rendered, and with its place in the tree of Applications.
package struct DeployedApplication: Sendable {
  package static let waveKey = "argocd.argoproj.io/sync-wave"

  /// Its number in the cluster it belongs to.
  package let id: Int
  package let manifest: Manifest
  /// The Application that applies it; nil for one that people apply.
  package let parent: Int?
  /// Its wave in the sync of its parent: its own, or that of the ApplicationSet which makes it.
  package let wave: Int
  /// The ApplicationSet that makes it, where one does.
  package let set: Manifest?
  package let sources: [ApplicationSource]

  package var name: String { manifest.name }
  package var spec: LocatedYAML? { manifest["spec"] }
  package var destinationNamespace: String? {
    manifest["spec", "destination", "namespace"]?.text.flatMap { $0.isEmpty ? nil : $0 }
  }
  /// Which cluster it deploys to: two Applications with the same text mean the same one.
  package var destination: String {
    let destination = manifest["spec", "destination"]
    let cluster = destination?["server"]?.text ?? destination?["name"]?.text ?? ""
    return ["", "in-cluster"].contains(cluster) ? "https://kubernetes.default.svc" : cluster
  }
  package var syncOptions: [String] {
    (manifest["spec", "syncPolicy", "syncOptions"]?.items ?? []).compactMap(\.text)
  }
  package func has(option: String) -> Bool { syncOptions.contains(option) }
  package var isAutomated: Bool { manifest["spec", "syncPolicy", "automated"]?.entries != nil }
  /// How often a failed sync is tried again: what Argo CD does where nothing is said counts.
  package var retries: Int {
    guard let retry = manifest["spec", "syncPolicy", "retry"] else { return isAutomated ? 5 : 0 }
    return retry["limit"]?.json.intValue ?? 0
  }
}
