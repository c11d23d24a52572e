extension RuleFamily {
  /// What is taken from outside, and which versions of it.
  static let supplyChain = RuleFamily(
    "ZT6", "Supply chain and versions",
    [
      .movingImageTag, .movingRevision, .movingURL, .kubernetesOutsideWindow, .versionsApart, .oldChartRepository,
      .chartAtTwoVersions, .lockDisagrees,
    ])
}
