import ZeroTouchManifests

/// An object with its place in the order in which a cluster comes up.
package struct PlacedObject: Sendable {
  package let manifest: Manifest
  /// The Application that applies it; nil for what people apply.
  package let application: Int?
  /// The source of the Application that it comes from.
  package let source: Int
  /// Its wave in the sync of that Application.
  package let wave: Int
  /// Where it ends up: its own namespace, or the Application's.
  package let namespace: String?

  /// The wave an annotation names; 0 where none does, or where it is no number.
  static func wave(of manifest: Manifest) -> Int {
    let metadata = manifest.body["metadata"]
    return metadata?["annotations"]?[DeployedApplication.waveKey]?.text.flatMap { Int($0) } ?? 0
  }
}
