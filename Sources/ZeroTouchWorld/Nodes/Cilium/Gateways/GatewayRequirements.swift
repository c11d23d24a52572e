import ZeroTouchManifests
import ZeroTouchModel

/// The versions of the Gateway API that a version of Cilium's operator looks for when it starts.
struct GatewayRequirements: Sendable {
  static let group = "gateway.networking.k8s.io"
  private let version: SemanticVersion?

  /// The requirements of the operator in an image; without a readable tag those of the version that is pinned here.
  init(image: String) { version = MachineConfiguration.tag(of: image).flatMap { SemanticVersion($0) } }

  private var isAtLeast20: Bool { version.map { ($0.major, $0.minor) >= (1, 20) } ?? false }

  /// Without these the operator leaves the Gateway API alone.
  var required: [(plural: String, version: String)] {
    let always = [("gatewayclasses", "v1"), ("gateways", "v1"), ("httproutes", "v1"), ("grpcroutes", "v1")]
    return always
      + (isAtLeast20
        ? [("referencegrants", "v1"), ("tlsroutes", "v1"), ("backendtlspolicies", "v1")]
        : [("referencegrants", "v1beta1")])
  }

  /// A version that is indexed as soon as the definition names it, served or not.
  var indexed: (plural: String, kind: String, version: String)? {
    isAtLeast20 ? nil : ("tlsroutes", "TLSRoute", "v1alpha2")
  }
}

extension World {
  /// Looks for the Gateway API as the operator does: once, when its process starts.
  func gatewaySupport(image: String, namespace: String) -> OperatorProcess.Gateways {
    guard ciliumConfig(namespace)["enable-gateway-api"] == "true" else { return .off }
    let requirements = GatewayRequirements(image: image)
    let causes = requirements.required.compactMap { missing($0.plural, $0.version) }
    guard causes.isEmpty else {
      return .leftAlone(
        log: "level=error msg=\"Required GatewayAPI resources are not found, please refer to docs for installation "
          + "instructions\" error=\"\(causes.joined(separator: "\\n"))\" subsys=gateway-api")
    }
    guard let indexed = requirements.indexed, let version = definedVersion(indexed.plural, indexed.version),
      version["served"] != true
    else { return .reconciled }
    return .fatal(
      log: "level=error msg=\"Invoke failed\" error=\"failed to create gateway controller: failed to setup reconciler: "
        + "failed to setup field indexer \\\"backendServiceTLSRouteIndex\\\": no matches for kind "
        + "\\\"\(indexed.kind)\\\" in version \\\"\(GatewayRequirements.group)/\(indexed.version)\\\"\" "
        + "function=\"gateway-api.initGatewayAPIController (pkg/gateway-api/cell.go:210)\"")
  }

  /// What the operator says about a definition that it needs and does not find.
  private func missing(_ plural: String, _ version: String) -> String? {
    let name = "\(plural).\(GatewayRequirements.group)"
    guard objects[ObjectKey(.customResourceDefinitions, name)]?.condition("Established")?["status"] == "True" else {
      return "customresourcedefinitions.apiextensions.k8s.io \\\"\(name)\\\" not found"
    }
    if definedVersion(plural, version) != nil { return nil }
    return "CRD \\\"\(name)\\\" does not have version \\\"\(version)\\\""
  }

  private func definedVersion(_ plural: String, _ version: String) -> JSONValue? {
    let definition = objects[ObjectKey(.customResourceDefinitions, "\(plural).\(GatewayRequirements.group)")]
    return definition?[path: "spec", "versions"]?.arrayValue?.first { $0["name"]?.stringValue == version }
  }
}
