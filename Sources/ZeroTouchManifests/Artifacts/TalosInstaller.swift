package import ZeroTouchModel

/// The image from which Talos puts itself onto a disk: the image factory's, with everything that the schematic asks for.
///
/// The plain installer knows no schematic: a machine that boots from an ISO would be installed without its extensions.
package struct TalosInstaller: Sendable, Hashable {
  /// The host of the image factory.
  private var registry = "factory.talos.dev"
  private var platform = "metal"
  private var isSecureBoot = false
  private let schematic: String

  /// - Parameters:
  ///   - schematic: What Git holds; nil where it holds none.
  ///   - image: The image that the lock pins: its address names the factory, the platform, and the schematic too.
  package init(schematic: TalosSchematic? = nil, image: ArtifactLock.Artifact? = nil) {
    let id = image.flatMap { TalosSchematic.id(in: $0.url) }
    self.schematic = schematic?.id ?? id ?? TalosSchematic().id
    guard let id, let image else { return }
    let parts = image.url.split(separator: "/")
    guard parts.count > 4, parts[2] == "image", parts[3] == id else { return }
    let names = (parts.last?.prefix { $0 != "." } ?? "").split(separator: "-")
    registry = String(parts[1])
    if let name = names.first { platform = String(name) }
    isSecureBoot = names.contains("secureboot")
  }

  /// The reference of a release.
  package func image(of talos: SemanticVersion) -> String {
    "\(registry)/\(platform)-installer\(isSecureBoot ? "-secureboot" : "")/\(schematic):v\(talos)"
  }
}
