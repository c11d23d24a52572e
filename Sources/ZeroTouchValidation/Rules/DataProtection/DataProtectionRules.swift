extension RuleFamily {
  /// What docs/data-protection.md holds production to.
  static let dataProtection = RuleFamily(
    "ZT8", "Data protection",
    [
      .fewInstances, .asynchronousReplication, .noArchive, .deletedWithItsClaim, .volumesDeleted, .volumesOfSetDeleted,
      .definitionsPruned,
    ])
}
