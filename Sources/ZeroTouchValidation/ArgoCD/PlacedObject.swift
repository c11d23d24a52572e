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
  /// Its place in that sync: hooks before and after it, and the waves within.
  package var order: Int { Self.phase(of: manifest) * Self.phaseWidth + wave }

  static let phaseWidth = 1 << 40
  /// Waves beyond these count as these, so that a phase never runs into the next one.
  private static let waves = -(1 << 39) + 1...(1 << 39) - 1

  /// Of which phase an order is: -1 before the sync, 0 in it, 1 after it.
  static func phase(of order: Int) -> Int {
    order == .min ? 0 : Int((Double(order) / Double(phaseWidth)).rounded())
  }

  private static func phase(of manifest: Manifest) -> Int {
    guard let annotations = manifest.body["metadata"]?["annotations"] else { return 0 }
    let hook = annotations["argocd.argoproj.io/hook"]?.text ?? annotations["helm.sh/hook"]?.text ?? ""
    if hook.contains("PreSync") || hook.contains("pre-install") { return -1 }
    return hook.contains("PostSync") || hook.contains("post-install") ? 1 : 0
  }

  /// The wave an annotation names; 0 where none does, or where it is no number.
  static func wave(of manifest: Manifest) -> Int {
    let metadata = manifest.body["metadata"]
    return metadata?["annotations"]?[DeployedApplication.waveKey]?.text.flatMap { Int($0) }
      .map { min(max($0, waves.lowerBound), waves.upperBound) } ?? 0
  }
}
