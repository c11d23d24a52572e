extension RuleFamily {
  /// What goes wrong in files, kustomizations and the names between them.
  static let repository = RuleFamily(
    "ZT1", "YAML and repository",
    [
      .unreadableYAML, .keyTwice, .yamlBeyondBounds, .kustomizationFails, .kustomizationNamesMissing,
      .applicationNamesMissing, .patchWithoutTarget, .unreferencedManifest, .sourceWithoutManifests,
      .applicationsMissed, .foreignRepository, .foreignOwner, .homePath, .editLeftover, .foreignRevision,
      .environmentNames,
    ])
}
