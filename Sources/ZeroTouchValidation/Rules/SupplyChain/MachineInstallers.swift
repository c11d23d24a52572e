import ZeroTouchManifests
import ZeroTouchModel

extension Survey {
  /// Installers of machines at versions that were never published where the configuration looks for them.
  var installersElsewhere: [Rule.Violation] {
    tree.files.flatMap(\.documents).compactMap { document in
      let path: [String]
      switch document["kind"]?.text {
      case nil: path = ["machine", "install", "image"]
      case "UnattendedInstallConfig": path = ["installer", "image"]
      default: return nil
      }
      guard let image = document.node(at: path)?.text, image.hasPrefix("ghcr.io/siderolabs/installer:"),
        let tag = image.split(separator: "@").first?.split(separator: ":").last,
        let version = SemanticVersion(String(tag)), version >= SemanticVersion(1, 14, 0)
      else { return nil }
      return Rule.Violation(
        at: document.place(at: path), "`\(image)` does not exist: from 1.14 on Talos publishes no installer there",
        remedy: "take `factory.talos.dev/metal-installer/SCHEMATIC:v\(version)`", severity: .error)
    }
  }
}
