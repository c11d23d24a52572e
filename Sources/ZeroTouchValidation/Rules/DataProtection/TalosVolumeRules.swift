import ZeroTouchManifests
import ZeroTouchModel

/// Volumes that are folders of machines with Talos.
extension Rule {
  static let volumesOutsideOfVar = Rule(
    "ZT809", .error, "volumes in a folder that Talos does not keep",
    why:
      "only what lies below /var can be written and is there after a boot: elsewhere no volume is made, or it is lost",
    remedy: "name a folder below `/var/mnt`, such as that of a user volume",
    example: Example(
      wrong: "nodePathMap: [{node: DEFAULT_PATH_FOR_NON_LISTED_NODES, paths: [/opt/local-path-provisioner]}]",
      right: "nodePathMap: [{node: DEFAULT_PATH_FOR_NON_LISTED_NODES, paths: [/var/mnt/local-path]}]"),
    check: { survey in
      guard survey.isTalos else { return [] }
      return survey.applications.flatMap { _, application in
        application.sources.flatMap { volumeFolders($0, of: application, in: survey) }
      }
    })

  private static func volumeFolders(
    _ source: ApplicationSource, of application: DeployedApplication, in survey: Survey
  ) -> [Violation] {
    let name = "local-path-provisioner"
    let isProvisioner = source.chart == name || source.folder?.hasSuffix("/\(name)") == true
    // Values that stand elsewhere may say what is not said here.
    guard isProvisioner, source.helm?["valueFiles"]?.items?.isEmpty ?? true, source.helm?["values"] == nil,
      source.helm?["parameters"] == nil
    else { return [] }
    let path = source.path + ["helm", "valuesObject", "nodePathMap"]
    guard let map = application.manifest.body.node(at: path)?.items else {
      guard application.manifest.body.node(at: source.path + ["helm", "valuesObject", "sharedFileSystemPath"]) == nil
      else { return [] }
      return [
        Violation(
          at: survey.place(of: application.manifest, at: path),
          "`\(application.name)` keeps volumes in the chart's own `/opt/local-path-provisioner`")
      ]
    }
    return map.enumerated().flatMap { index, entry in
      (entry["paths"]?.items ?? []).enumerated().compactMap { place, folder in
        guard let text = folder.text, !text.hasPrefix("/var/") else { return nil }
        return Violation(
          at: survey.place(of: application.manifest, at: path + [String(index), "paths", String(place)]),
          "`\(application.name)` keeps volumes in `\(text)`")
      }
    }
  }
}

extension Survey {
  /// Whether the machines of this repository run Talos.
  var isTalos: Bool { tree.folders.contains("bootstrap/talos") }
}
