extension RuleFamily {
  /// What docs/data-protection.md holds production to, and the labels that a spec asks for.
  static let dataProtection = RuleFamily(
    "ZT8", "Data protection and cost labels",
    [
      .fewInstances, .asynchronousReplication, .noArchive, .deletedWithItsClaim, .volumesDeleted, .volumesOfSetDeleted,
      .definitionsPruned, .costLabelMissing, .volumesOutsideOfVar,
    ])
}
