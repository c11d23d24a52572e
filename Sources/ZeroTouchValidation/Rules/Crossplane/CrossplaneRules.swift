extension RuleFamily {
  /// What goes wrong between claims, their definitions and what carries them out.
  static let crossplane = RuleFamily(
    "ZT5", "Crossplane",
    [
      .claimBreaksSchema, .invalidFixturePasses, .publishedSchemaDiffers, .patchFromNowhere, .fieldNeverUsed,
      .patchOverwritten, .replicasUnderAutoscaler, .connectionKeyWithoutDetail, .definitionNotInstalled, .neverReady,
      .compositionOfNothing, .subjectGenerated, .everythingAllowed, .patchToNowhere, .patchRefused,
      .definitionMisnamed, .functionMissing, .resourcesMode, .optionalAlwaysMade,
    ])
}
