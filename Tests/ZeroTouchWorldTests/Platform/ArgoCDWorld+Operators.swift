import ZeroTouchModel

@testable import ZeroTouchWorld

extension ArgoCDWorld {
  /// A world that serves some kinds and has the namespaces of the platform's operators.
  static func operated(
    serving kinds: [(group: String, kind: String, plural: String, version: String)]
  ) -> ArgoCDWorld {
    var argo = ArgoCDWorld()
    for kind in kinds {
      argo.apply(
        CustomKind(
          group: kind.group, kind: kind.kind, plural: kind.plural, isNamespaced: true, versions: [kind.version]
        ).definition)
    }
    for name in ["keda", "nats", "cnpg-system", "cert-manager", "dragonfly-operator", "kagent"] {
      argo.apply(["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]])
    }
    argo.after(3)
    return argo
  }
}
