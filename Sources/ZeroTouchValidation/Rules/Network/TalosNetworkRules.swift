extension RuleFamily {
  /// What goes wrong in machine configurations, and between them and the network.
  static let talosAndNetwork = RuleFamily(
    "ZT2", "Talos and network",
    [
      .otherCNI, .kubeProxyLeftOn, .machineSecretsInClear, .talosconfigInClear, .samePKI, .oldBesideNew,
      .addressWithoutSAN, .versionSkew, .unstableDisk, .loneNodeCannotSchedule, .hostDNSBehindBPF,
      .inlineManifestTwice, .inlinePrivateKey, .hostDNSForwardsToNothing, .kernelArgumentsTwice, .valueUnknownToChart,
      .gatewayClassCreate, .generatedCertificates, .gatewayPair, .kubePrismElsewhere, .moduleCapability,
      .adoptionDiffers,
      .externalProviderUnset, .excludedFromLoadBalancers, .machineRefused, .replicasWithoutMachines,
      .inlineVersionDiffers, .gatewayClassNotRendered,
      .portsWithoutRight, .listenerWithoutCertificate, .pendingReplicaCounts, .hostNameOfOthers,
    ])
}
