import Foundation
import ZeroTouchManifests
import ZeroTouchModel

@testable import ZeroTouchWorld

/// The platform's own API for databases, as this repository has it.
extension ArgoCDWorld {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "platform/apis/postgresinstance").path

  /// A world in which Crossplane and provider-kubernetes run.
  static func withProviderKubernetes() -> ArgoCDWorld {
    var argo = ArgoCDWorld()
    argo.run(.deployments, "crossplane", in: "crossplane-system")
    argo.after(5)
    argo.apply([
      "apiVersion": "pkg.crossplane.io/v1beta1", "kind": "DeploymentRuntimeConfig",
      "metadata": ["name": "provider-kubernetes"],
      "spec": ["serviceAccountTemplate": ["metadata": ["name": "provider-kubernetes"]]],
    ])
    argo.apply([
      "apiVersion": "pkg.crossplane.io/v1", "kind": "Provider", "metadata": ["name": "provider-kubernetes"],
      "spec": [
        "package": "xpkg.crossplane.io/crossplane-contrib/provider-kubernetes:v1.2.1",
        "runtimeConfigRef": ["name": "provider-kubernetes"],
      ],
    ])
    argo.after(60)
    return argo
  }

  /// Definition, Composition and rights, with the functions and the kinds that they need.
  mutating func installPostgresAPI() throws {
    for (group, kind, plural) in [
      ("postgresql.cnpg.io", "Cluster", "clusters"), ("postgresql.cnpg.io", "ScheduledBackup", "scheduledbackups"),
      ("barmancloud.cnpg.io", "ObjectStore", "objectstores"),
    ] {
      apply(CustomKind(group: group, kind: kind, plural: plural, isNamespaced: true, versions: ["v1"]).definition)
    }
    for manifest in CrossplaneRoles.core { apply(manifest) }
    for name in ["function-patch-and-transform", "function-cel-filter", "function-auto-ready"] {
      apply([
        "apiVersion": "pkg.crossplane.io/v1", "kind": "Function", "metadata": ["name": .string(name)],
        "spec": ["package": .string("xpkg.crossplane.io/crossplane-contrib/\(name):v1.0.0")],
      ])
    }
    for file in ["definition.yaml", "composition.yaml", "provider-access.yaml"] {
      for manifest in try Self.manifests(file) { apply(manifest) }
    }
    after(60)
  }

  /// A claim of the API's examples, in the namespace `apps`.
  static func postgresExample(_ name: String) throws -> JSONValue {
    var claim = try manifests("examples/\(name).yaml").first ?? [:]
    claim[path: "metadata", "namespace"] = "apps"
    return claim
  }

  private static func manifests(_ file: String) throws -> [JSONValue] {
    try YAMLDocuments.parse(String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8), file: file)
  }
}
