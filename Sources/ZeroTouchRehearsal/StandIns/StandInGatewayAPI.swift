/// The Gateway API's standard CRDs for rehearsals: upstream's names, versions and scopes, without their schemas.
package enum StandInGatewayAPI {
  private struct Definition {
    let kind: String
    let plural: String
    let singular: String
    var versions = ["v1"]
    var isNamespaced = true
  }

  private static let definitions = [
    Definition(kind: "BackendTLSPolicy", plural: "backendtlspolicies", singular: "backendtlspolicy"),
    Definition(
      kind: "GatewayClass", plural: "gatewayclasses", singular: "gatewayclass", versions: ["v1", "v1beta1"],
      isNamespaced: false),
    Definition(kind: "Gateway", plural: "gateways", singular: "gateway", versions: ["v1", "v1beta1"]),
    Definition(kind: "GRPCRoute", plural: "grpcroutes", singular: "grpcroute"),
    Definition(kind: "HTTPRoute", plural: "httproutes", singular: "httproute", versions: ["v1", "v1beta1"]),
    Definition(kind: "ReferenceGrant", plural: "referencegrants", singular: "referencegrant", versions: ["v1beta1"]),
  ]

  /// The manifests by the name their artifact has in the lock, such as `gateway-api-gateways`.
  package static let manifests: [String: String] = Dictionary(
    uniqueKeysWithValues: definitions.map { ("gateway-api-\($0.plural)", manifest(of: $0)) })

  private static func manifest(of definition: Definition) -> String {
    """
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: \(definition.plural).gateway.networking.k8s.io
      annotations:
        api-approved.kubernetes.io: https://github.com/kubernetes-sigs/gateway-api/pull/3328
        gateway.networking.k8s.io/bundle-version: v1.4.1
        gateway.networking.k8s.io/channel: standard
    spec:
      group: gateway.networking.k8s.io
      scope: \(definition.isNamespaced ? "Namespaced" : "Cluster")
      names:
        kind: \(definition.kind)
        listKind: \(definition.kind)List
        plural: \(definition.plural)
        singular: \(definition.singular)
        categories: [gateway-api]
      versions:
    \(definition.versions.enumerated().map { version($0.element, stores: $0.offset == 0) }.joined(separator: "\n"))

    """
  }

  private static func version(_ name: String, stores: Bool) -> String {
    """
        - name: \(name)
          served: true
          storage: \(stores)
          subresources: {status: {}}
          schema:
            openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
    """
  }
}
