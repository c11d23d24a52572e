import Testing
import ZeroTouchModel

@testable import ZeroTouchValidation

/// What Flux applies of a folder that has no kustomization of its own.
struct GeneratedKustomizationTests {
  private let issuer =
    "apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: {name: own}\nspec: {selfSigned: {}}\n"
  private let release = """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: HelmRepository
    metadata: {name: jetstack, namespace: flux-system}
    spec: {url: https://charts.jetstack.io}
    ---
    apiVersion: helm.toolkit.fluxcd.io/v2
    kind: HelmRelease
    metadata: {name: cert-manager, namespace: cert-manager}
    spec:
      chart:
        spec:
          chart: cert-manager
          version: v1.21.1
          sourceRef: {kind: HelmRepository, name: jetstack, namespace: flux-system}
      values: {crds: {enabled: true}}

    """
  private let definition = """
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: {name: clusterissuers.cert-manager.io}
    spec: {group: cert-manager.io, names: {kind: ClusterIssuer, plural: clusterissuers}}
    """

  private func phase(_ name: String, _ path: String, _ more: String = "") -> String {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: \(name), namespace: flux-system}
    spec:
      path: ./\(path)
      sourceRef: {kind: GitRepository, name: flux-system}
    \(more)
    """
  }

  private func kustomization(_ resources: String) -> String {
    "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [\(resources)]\n"
  }

  @Test func `a kustomization below the folder decides what of its own folder is applied`() async throws {
    var files = [
      "clusters/apps.yaml": phase("apps", "apps"), "apps/cm/kustomization.yaml": kustomization("phases.yaml"),
      "apps/cm/phases.yaml": phase("cm", "apps/cm/app") + "\n---\n"
        + phase("issuers", "apps/cm/issuers", "  dependsOn: [{name: cm}]"),
      "apps/cm/app/kustomization.yaml": kustomization("release.yaml"), "apps/cm/app/release.yaml": release,
      "apps/cm/issuers/kustomization.yaml": kustomization("issuer.yaml"), "apps/cm/issuers/issuer.yaml": issuer,
    ]
    #expect(try await findings(files, .definitionsFromItself) == [])
    files["apps/cm/kustomization.yaml"] = nil
    files["apps/cm/app/kustomization.yaml"] = nil
    files["apps/cm/issuers/kustomization.yaml"] = nil
    #expect(try await findings(files, .definitionsFromItself).contains("ZT703 apps/cm/issuers/issuer.yaml:2"))
  }

  @Test func `definitions that a phase before it brings are not missing`() async throws {
    var files = [
      "clusters/cm.yaml": phase("cm", "cm", "  dependsOn: [{name: base}]"), "clusters/base.yaml": phase("base", "base"),
      "cm/release.yaml": release, "cm/issuer.yaml": issuer, "base/definition.yaml": definition,
    ]
    #expect(try await findings(files, .definitionsFromItself) == [])
    let remote = "https://github.com/cert-manager/cert-manager/releases/download/v1.21.1/cert-manager.crds.yaml"
    files["base/definition.yaml"] = nil
    files["base/kustomization.yaml"] = kustomization(remote)
    #expect(try await findings(files, .definitionsFromItself) == [], "nobody knows what it brings")
    files["base/kustomization.yaml"] = kustomization("a.yaml")
    files["base/a.yaml"] = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop, namespace: default}\n"
    #expect(try await findings(files, .definitionsFromItself) == ["ZT703 cm/issuer.yaml:2"])
  }

  @Test func `a test below a folder of Flux is no part of it where a kustomization leaves it out`() async throws {
    let files = [
      "clusters/apps.yaml": phase("apps", "apps"), "apps/shop/kustomization.yaml": kustomization("a.yaml"),
      "apps/shop/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop, namespace: default}\n",
      "apps/shop/tests/bad.yaml": phase("bad", "nowhere", "  dependsOn: [{name: nobody}]"),
    ]
    let repository = try CheckedRepository(files)
    defer { repository.remove() }
    let report = try await repository.report([.fluxNamesMissing])
    #expect(report.open.allSatisfy { $0.severity == .warning })
  }
}
