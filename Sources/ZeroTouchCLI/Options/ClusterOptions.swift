import ArgumentParser

/// The options that say which cluster is meant.
struct ClusterOptions: ParsableArguments, Sendable {
  @Argument(help: "The address of the first control plane; needed only where there is no zerotouch.yaml.")
  var address: String?

  @Option(name: .long, help: "Workers beside the address, as NAME:IP,NAME:IP; IPv6 addresses in brackets.")
  var workerNodes: String?

  @Option(
    name: .long,
    help: "talos; kind, for a preview on this laptop; or existing (needs --kubeconfig).")
  var provider: String?

  @Option(name: .long, help: "The kubeconfig of the cluster; its own one in the state directory where none is named.")
  var kubeconfig: String?

  @Flag(
    name: .long,
    help: "Take small stand-ins for charts and CRDs that were not fetched; a rehearsal does. Not for real machines.")
  var standIns = false

  @OptionGroup var spec: SpecOptions

  var reference: ClusterReference {
    var reference = spec.cluster(kubeconfig: kubeconfig)
    reference.address = address
    reference.takesAddress = true
    reference.workerNodes = workerNodes
    reference.provider = provider
    reference.standIns = standIns
    return reference
  }
}
