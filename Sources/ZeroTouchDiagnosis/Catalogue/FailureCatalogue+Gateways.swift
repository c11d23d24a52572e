extension FailureCatalogue {
  /// What is met with the Gateway API and addresses.
  static let gateways: [KnownFailure] = [
    KnownFailure(
      "gateway-versions-clash", #"cilium-operator ends: no matches for kind "TLSRoute" in version … v1alpha2"#,
      when: [[Sign(.log, .pod, .said, says: "no matches for kind", "TLSRoute")]],
      cause: "the Gateway API is 1.5 or later, which no longer serves the version that Cilium up to 1.19 asks for",
      remedy: "pin versions that belong together: Cilium 1.19 with Gateway API 1.4.1, Cilium 1.20 with 1.6.1",
      source: "cilium/cilium#44920, #45139"),
    KnownFailure(
      "gateway-definitions-late",
      "cilium-operator: Required GatewayAPI resources are not found; no Gateway is Accepted",
      when: [
        [Sign(.log, .said, says: "Required GatewayAPI resources are not found")],
        [Sign(.said, says: "up before the Gateway API's definitions")],
      ],
      cause: "the operator looks for the Gateway API's definitions once, when it starts, and they came later",
      remedy: "restart it: kubectl -n kube-system rollout restart deployment/cilium-operator",
      source: "Cilium 1.17 to 1.19, operator: its Gateway controller stays off for the life of the process"),
    KnownFailure(
      "gateway-class-missing", "there is no GatewayClass",
      when: [[Sign(.gateway, says: "does not exist", of: "GatewayClass")], [Sign(.said, says: "no GatewayClass")]],
      cause: "Cilium was rendered where nobody said that the Gateway API exists, and its chart left the class out",
      remedy: #"set gatewayAPI.gatewayClass.create to "true" (a text) in Cilium's values"#,
      source: "measured: Cilium charts 1.17 to 1.20, rendered without the capability"),
    KnownFailure(
      "address-not-announced", "nobody announces the address of a LoadBalancer on a single node",
      when: [
        [
          Sign(.address, says: "no node answers"),
          Sign(.node, .configuration, says: "exclude-from-external-load-balancers"),
        ]
      ],
      cause: "Talos labels control planes so that they stand behind no load balancer, and there is no other node",
      remedy: "remove the label by the machine's configuration: machine.nodeLabels with `$patch: delete`",
      source: "Talos: node.kubernetes.io/exclude-from-external-load-balancers"),
  ]
}
