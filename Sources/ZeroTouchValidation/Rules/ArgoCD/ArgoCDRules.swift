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
  /// A violation for every Application that the judge has something to say about; what the template of an
  /// ApplicationSet says wrong is told once, however many Applications are made from it.
  func eachApplication(
    _ judge: (DeployedApplication) -> (path: [String], what: String)?
  ) -> [Rule.Violation] {
    let found = applications.compactMap { _, application in
      judge(application).map {
        (application, Rule.Violation(at: place(of: application.manifest, at: $0.path), $0.what))
      }
    }
    let generated = Dictionary(grouping: found.filter { $0.0.set != nil }, by: \.1.location)
    return found.filter { $0.0.set == nil }.map(\.1) + generated.values.map { toldOnce($0.map(\.1)) }
  }

  private func toldOnce(_ alike: [Rule.Violation]) -> Rule.Violation {
    let first = alike.min { $0.what < $1.what } ?? alike[0]
    let others = Set(alike.map(\.what)).count - 1
    guard others > 0 else { return first }
    return Rule.Violation(at: first.location, "\(first.what), and so for \(others) more of its ApplicationSet")
  }
}
