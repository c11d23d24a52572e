package import ZeroTouchModel
import ZeroTouchTools

/// What a person does after a finished bootstrap.
package struct NextSteps: Sendable, Hashable {
  package let kubeconfig: String
  /// Where the Gateway's traffic comes in.
  package let gatewayAddress: String?

  package init(for bootstrap: Bootstrap) {
    kubeconfig = bootstrap.kubeconfig
    gatewayAddress =
      switch bootstrap.spec.network.gateway {
      // Envoy binds the nodes' own ports: workers where there are any.
      case .hostNetwork: (bootstrap.spec.workers.first ?? bootstrap.spec.controlPlanes.first)?.address.description
      case .l2(let pool): "the first free address of \(pool)"
      }
  }

  /// The command that opens Argo CD on this laptop.
  package var openArgoCD: String {
    "kubectl --kubeconfig \(kubeconfig.shellQuoted) -n argocd port-forward service/argocd-server 8443:443"
  }

  /// The command that prints the password of Argo CD's user `admin`.
  package var readPassword: String {
    "kubectl --kubeconfig \(kubeconfig.shellQuoted) -n argocd get secret argocd-initial-admin-secret"
      + " -o jsonpath={.data.password} | base64 -d"
  }

  /// The command that prints the addresses of the Gateways, where no machine is known that would have one.
  private var showGateways: String { "kubectl --kubeconfig \(kubeconfig.shellQuoted) get gateways -A" }

  package var text: String {
    var lines = [
      "kubeconfig   \(kubeconfig)",
      "Argo CD      \(openArgoCD)",
      "             then open https://localhost:8443 as `admin`; the password: \(readPassword)",
    ]
    lines.append("Gateway      \(gatewayAddress ?? showGateways)")
    lines.append("next         zerotouch status; zerotouch validate --cluster")
    return lines.joined(separator: "\n")
  }

  package var json: JSONValue {
    var value: JSONValue = [
      "kubeconfig": .string(kubeconfig), "openArgoCD": .string(openArgoCD), "readPassword": .string(readPassword),
      "next": "zerotouch status",
    ]
    value["gatewayAddress"] = gatewayAddress.map { .string($0) }
    return value
  }
}
