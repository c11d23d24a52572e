import ZeroTouchModel
import ZeroTouchWorld

extension FaultTable {
  /// What goes wrong between operators and the definitions of what they work on.
  static let definitions: [Fault] = [
    Fault(
      "definition-never-established", "Argo CD's definitions are never Established",
      .failsClosed(["argocd", "Established"])
    ) { $0.definitions = late(["applications.argoproj.io"], CallHazard.ever) },
    Fault(
      "operator-before-gateways", "Cilium's operator is up before the Gateway API's definitions are Established",
      .failsClosed(["network-gate", "rollout restart deployment/cilium-operator"]),
      knownAs: "gateway-definitions-late"
    ) { $0.definitions = late(gateways, .seconds(90)) },
    Fault(
      "gateways-never-established", "the Gateway API's definitions are never Established",
      .failsClosed(["network-gate", "gatewayclasses.gateway.networking.k8s.io", "is not Established"]),
      knownAs: "definition-not-established"
    ) { $0.definitions = late(gateways, CallHazard.ever) },
    Fault(
      "operator-before-stores", "External Secrets is up two minutes before its definitions are Established", .converges
    ) { $0.definitions = late(stores, .seconds(120)) },
    Fault(
      "stores-never-established", "the definitions of External Secrets are never Established",
      .failsClosed(["sync-waves", "clustersecretstores.external-secrets.io"]), knownAs: "definition-not-established"
    ) { $0.definitions = late(stores, CallHazard.ever) },
  ]

  private static let gateways = ["gatewayclasses", "gateways", "grpcroutes", "httproutes", "referencegrants"].map {
    "\($0).gateway.networking.k8s.io"
  }
  private static let stores = ["clustersecretstores", "externalsecrets", "secretstores"].map {
    "\($0).external-secrets.io"
  }

  private static func late(_ names: [String], _ delay: Duration) -> [String: Duration] {
    Dictionary(names.map { ($0, delay) }) { first, _ in first }
  }
}
