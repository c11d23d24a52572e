extension RuleFamily {
  /// What goes wrong between Flux's Kustomizations and the phases of a bootstrap.
  static let flux = RuleFamily(
    "ZT7", "Flux and phases",
    [
      .definitionsInLaterPhase, .unresolvedVariable, .definitionsFromItself, .twoRoots, .fluxNamesMissing,
      .phasesInCircle,
    ])
}
