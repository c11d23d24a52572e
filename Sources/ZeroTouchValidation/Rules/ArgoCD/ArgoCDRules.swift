extension RuleFamily {
  /// What goes wrong between Applications, their waves and their options.
  static let argoCD = RuleFamily(
    "ZT3", "Argo CD and waves",
    [
      .kindTooLate, .namespaceTooLate, .secretTooLate, .storageTooLate, .webhookTooLate, .compositeTooLate,
      .packageTooLate, .otherTooLate, .offerTooEarly, .kindUnknown, .namespaceUnknown,
      .waveIsNoInteger, .namespaceCreatedWithoutName, .replaceBesideServerSideApply, .valuesGivenTwice,
      .floatingChartVersion, .applicationsWithoutHealth, .healthThatDoesNotGate, .waveInSetTemplate, .twoOwners,
      .largeDefinition,
      .raceWithoutRetry, .exclusionsWithoutDefaults, .privilegedPod, .neverHealthy,
      .needBesideItsProvider, .soughtOnceBesideItsProvider, .argoCDBeforeThePlatform,
      .claimsWithoutHealth, .versionNotServed, .waveWithoutOrder, .nothingMakesIt,
      .givesUp, .ignoredAndWritten,
    ])
}

extension Survey {
  /// A violation for every Application that the judge has something to say about.
  func eachApplication(
    _ judge: (DeployedApplication) -> (path: [String], what: String)?
  ) -> [Rule.Violation] {
    applications.compactMap { _, application in
      judge(application).map { Rule.Violation(at: place(of: application.manifest, at: $0.path), $0.what) }
    }
  }
}
