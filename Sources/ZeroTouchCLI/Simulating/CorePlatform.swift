import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// The Applications without which a bootstrap is none: the network, Argo CD itself, and where secrets come from.
///
/// Every step of the pipeline is the same as with the whole platform; only fewer Applications follow, so that thousands
/// of runs fit where one would.
enum CorePlatform {
  private static let foundation = ["cilium", "external-secrets", "aws-parameter-store", "argocd"]

  /// Leaves nothing else in a copied repository.
  static func reduce(_ layout: RepositoryLayout) throws {
    try write(foundation.map { "\($0).yaml" }, to: layout.path("platform/01-foundation"))
    try write(
      ["../00-crds", "../01-foundation"], components: ["../../bootstrap/argocd"], to: layout.path("platform/main"))
    try write(["../../main"], to: layout.applications(Overlay(.main, .production)))
  }

  private static func write(_ resources: [String], components: [String] = [], to folder: String) throws {
    let list = { (paths: [String]) in paths.map { "  - \($0)\n" }.joined() }
    let text =
      "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n\(list(resources))"
      + (components.isEmpty ? "" : "components:\n\(list(components))")
    try text.write(toFile: "\(folder)/kustomization.yaml", atomically: true, encoding: .utf8)
  }
}
