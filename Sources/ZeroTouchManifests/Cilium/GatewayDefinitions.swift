package import ZeroTouchModel

/// The Gateway API's CustomResourceDefinitions as far as Cilium's operator looks at them: once, when it starts.
package struct GatewayDefinitions: Sendable {
  private let objects: [JSONValue]

  package init(text: String, file: String) throws(InvalidInput) { objects = try YAMLDocuments.parse(text, file: file) }

  /// The kinds without which the operator turns its Gateway controller off, with the version it asks for.
  private static let needed = [
    ("gatewayclasses", "v1"), ("gateways", "v1"), ("grpcroutes", "v1"), ("httproutes", "v1"),
    ("referencegrants", "v1beta1"),
  ]

  private static let annotation = "gateway.networking.k8s.io"

  /// What is missing, or belongs to another bundle than the one that was asked for.
  package func problems(version: SemanticVersion) -> [Diagnostic] {
    let lacking = Self.needed.filter { !serves($0.0, $0.1) }.map { plural, version in
      Diagnostic(
        "no manifest serves `\(plural).\(Self.annotation)` in version `\(version)`, for which Cilium's operator looks once",
        remedy: "pin the CRDs of the standard channel in bootstrap/artifacts.lock.yaml")
    }
    return lacking + bundleProblems(version)
  }

  private func serves(_ plural: String, _ version: String) -> Bool {
    let found = objects.first { $0[path: "metadata", "name"]?.stringValue == "\(plural).\(Self.annotation)" }
    return found?[path: "spec", "versions"]?.arrayValue?.contains {
      $0["name"]?.stringValue == version && $0["served"] == true
    }
      ?? false
  }

  private func bundleProblems(_ version: SemanticVersion) -> [Diagnostic] {
    objects.compactMap { object in
      let annotations = object[path: "metadata", "annotations"]?.stringMap ?? [:]
      let bundle = annotations["\(Self.annotation)/bundle-version"] ?? "none"
      let channel = annotations["\(Self.annotation)/channel"] ?? "none"
      guard SemanticVersion(bundle) != version || channel != "standard" else { return nil }
      return Diagnostic(
        "`\(object[path: "metadata", "name"]?.stringValue ?? "?")` belongs to bundle \(bundle), channel \(channel); wanted is v\(version), standard",
        remedy: "pin the standard channel of v\(version): zerotouch artifacts update gateway-api@\(version)")
    }
  }
}
